package org.anquan;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The one entry: {@code serve} by default, else a command of the command line. */
@SpringBootApplication
public class Anquan {
    public static void main(String[] args) {
        SpringApplication.run(Anquan.class, args);
    }
}
