package org.anquan;

import org.anquan.cli.CommandLine;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The one entry: {@code serve} by default, else a command of the command line. */
@SpringBootApplication
public class Anquan {
    public static void main(String[] args) {
        CommandLine.start(Anquan.class, args);
    }
}
