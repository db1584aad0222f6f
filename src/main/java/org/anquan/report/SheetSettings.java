package org.anquan.report;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param font the font file to write with; empty: the first of {@code fonts} that is there
 * @param fonts usual places of Chinese fonts, those that a PDF can hold first
 * @param dpi dots per inch of pictures
 * @param symbolPixelMillimetres what a pixel of a style measures on paper
 * @param baseLayers what is drawn below the answer where the request names no layers
 * @param reviewNumber the map's review number (审图号), printed where it is given
 * @param issuer who makes the map, printed where it is given
 * @param zone the clock of the dates on a sheet
 * @param maxFeatures most features of one layer on a sheet
 * @param atOnce sheets that are drawn at one time
 * @param turnWait how long a sheet waits for its turn
 * @param maxTitle characters of a title
 * @param maxBodyBytes of a request
 */
@Validated
@ConfigurationProperties(prefix = "anquan.report", ignoreUnknownFields = false)
record SheetSettings(
        String font,
        List<Path> fonts,
        @Min(72) @Max(600) int dpi,
        @DecimalMin("0.05") @DecimalMax("1") double symbolPixelMillimetres,
        List<String> baseLayers,
        String reviewNumber,
        String issuer,
        ZoneId zone,
        @Min(100) @Max(1_000_000) int maxFeatures,
        @Min(1) @Max(16) int atOnce,
        Duration turnWait,
        @Min(10) @Max(200) int maxTitle,
        @Min(10_000) @Max(100_000_000) int maxBodyBytes) {
    SheetSettings {
        fonts = List.copyOf(fonts);
        baseLayers = List.copyOf(baseLayers);
    }

    List<Path> fontFiles() {
        if (font.isBlank()) return fonts;
        List<Path> all = new java.util.ArrayList<>(List.of(Path.of(font)));
        all.addAll(fonts);
        return all;
    }
}
