package org.anquan.population;

import it.geosolutions.jaiext.range.NoDataContainer;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.anquan.problem.ProblemException;
import org.geotools.api.metadata.spatial.PixelOrientation;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.crs.EngineeringCRS;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.util.CoverageUtilities;
import org.geotools.gce.geotiff.GeoTiffReader;
import org.geotools.referencing.CRS;
import org.geotools.referencing.crs.DefaultGeographicCRS;
import org.geotools.referencing.operation.transform.ConcatenatedTransform;

/**
 * A GeoTIFF whose cells count people, in any coordinate system that it names. The file is read block by block when it
 * is asked, and not kept in memory.
 */
public final class PopulationRaster {
    private final Path file;
    private final String version;

    private PopulationRaster(Path file, String version) {
        this.file = file;
        this.version = version;
    }

    /**
     * Opens a file and checks that its cells can be read.
     *
     * @throws ProblemException invalid, saying what is wrong with it
     */
    static PopulationRaster open(Path file) {
        try {
            PopulationRaster raster = new PopulationRaster(file, versionOf(file));
            raster.withCells((image, toLonLat, nodata) -> {});
            return raster;
        } catch (IOException e) {
            throw broken(file, e);
        }
    }

    static ProblemException broken(Path file, Exception cause) {
        String why = cause.getMessage();
        return ProblemException.invalid(
                        "population.rasterBroken",
                        String.valueOf(file.getFileName()),
                        why == null ? cause.getClass().getSimpleName() : why)
                .causedBy(cause);
    }

    /** File name. */
    public String source() {
        return String.valueOf(file.getFileName());
    }

    /** Changes when the file does. */
    public String version() {
        return version;
    }

    /** Takes one cell: its centre in degrees, lon before lat, and its people. */
    public interface Cells {
        void take(double lon, double lat, double people);
    }

    /** Gives every cell that has people. Cells without data, below zero or not a number are nobody known and left out. */
    public void forEach(Cells cells) {
        withCells((image, toLonLat, nodata) -> {
            for (int ty = 0; ty < image.getNumYTiles(); ty++)
                for (int tx = 0; tx < image.getNumXTiles(); tx++)
                    tile(
                            image.getTile(image.getMinTileX() + tx, image.getMinTileY() + ty),
                            image,
                            toLonLat,
                            nodata,
                            cells);
        });
    }

    boolean isStill(Path other) {
        try {
            return file.equals(other) && version.equals(versionOf(other));
        } catch (IOException e) {
            return false;
        }
    }

    private static String versionOf(Path file) throws IOException {
        return Files.size(file) + "-" + Files.getLastModifiedTime(file).toMillis();
    }

    /** @throws ProblemException invalid where no cell holds anybody */
    void requirePeople() {
        double[] sum = {0};
        forEach((lon, lat, people) -> sum[0] += people);
        if (sum[0] <= 0) throw ProblemException.invalid("population.rasterEmpty", source());
    }

    private static void tile(Raster tile, RenderedImage image, MathTransform toLonLat, Set<Double> nodata, Cells cells)
            throws TransformException {
        int firstX = Math.max(tile.getMinX(), image.getMinX());
        int endX = Math.min(tile.getMinX() + tile.getWidth(), image.getMinX() + image.getWidth());
        int firstY = Math.max(tile.getMinY(), image.getMinY());
        int endY = Math.min(tile.getMinY() + tile.getHeight(), image.getMinY() + image.getHeight());
        if (firstX >= endX || firstY >= endY) return;
        int width = endX - firstX;
        double[] people = new double[width];
        double[] at = new double[2 * width];
        for (int y = firstY; y < endY; y++) {
            tile.getSamples(firstX, y, width, 1, 0, people);
            for (int i = 0; i < width; i++) {
                at[2 * i] = firstX + i;
                at[2 * i + 1] = y;
            }
            toLonLat.transform(at, 0, at, 0, width);
            for (int i = 0; i < width; i++)
                if (people[i] > 0 && people[i] < Float.MAX_VALUE && !nodata.contains(people[i]))
                    cells.take(at[2 * i], at[2 * i + 1], people[i]);
        }
    }

    private interface Reading {
        void with(RenderedImage image, MathTransform cellCentreToLonLat, Set<Double> nodata) throws TransformException;
    }

    private void withCells(Reading reading) {
        try {
            GeoTiffReader reader = new GeoTiffReader(file.toFile());
            try {
                GridCoverage2D coverage = reader.read(null);
                try {
                    reading.with(coverage.getRenderedImage(), toLonLat(coverage), nodata(coverage));
                } finally {
                    coverage.dispose(true);
                }
            } finally {
                reader.dispose();
            }
        } catch (IOException | FactoryException | TransformException | RuntimeException e) {
            // The reader answers a damaged file with whatever its decoder met, unchecked too.
            if (e instanceof ProblemException problem) throw problem;
            throw broken(file, e);
        }
    }

    private MathTransform toLonLat(GridCoverage2D coverage) throws FactoryException {
        CoordinateReferenceSystem crs = coverage.getCoordinateReferenceSystem2D();
        if (crs == null || crs instanceof EngineeringCRS)
            throw ProblemException.invalid("population.rasterNoCrs", source());
        return ConcatenatedTransform.create(
                coverage.getGridGeometry().getGridToCRS2D(PixelOrientation.CENTER),
                CRS.findMathTransform(crs, DefaultGeographicCRS.WGS84, true));
    }

    private static Set<Double> nodata(GridCoverage2D coverage) {
        Set<Double> values = new HashSet<>();
        double[] declared = coverage.getSampleDimension(0).getNoDataValues();
        if (declared != null) for (double value : declared) values.add(value);
        NoDataContainer container = CoverageUtilities.getNoDataProperty(coverage);
        if (container != null) values.add(container.getAsSingleValue());
        return values;
    }
}
