package org.anquan.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes the sample district: {@code data-samples/lizhou}. The same seed gives the same bytes on every machine. Run it
 * from the project root as {@code docs/sample.md} says.
 */
final class LizhouGenerator {
    static final Path FOLDER = Path.of("data-samples", "lizhou");

    private LizhouGenerator() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = arguments.length > 0 ? Path.of(arguments[0]) : FOLDER;
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
            System.out.println(
                    folder.resolve(file.getKey()) + " " + file.getValue().length());
        }
    }

    /** All files by name. */
    static Map<String, String> files() {
        return new LizhouSample().files();
    }
}
