package org.anquan.terrain;

import it.geosolutions.jaiext.range.NoDataContainer;
import java.awt.geom.AffineTransform;
import java.awt.image.DataBuffer;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.media.jai.RasterFactory;
import org.anquan.problem.ProblemException;
import org.geotools.api.coverage.grid.GridCoverageWriter;
import org.geotools.api.parameter.GeneralParameterValue;
import org.geotools.api.parameter.ParameterValue;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.crs.EngineeringCRS;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridCoverageFactory;
import org.geotools.coverage.grid.io.AbstractGridFormat;
import org.geotools.coverage.util.CoverageUtilities;
import org.geotools.gce.geotiff.GeoTiffFormat;
import org.geotools.gce.geotiff.GeoTiffReader;
import org.geotools.gce.geotiff.GeoTiffWriteParams;
import org.geotools.gce.geotiff.GeoTiffWriter;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.referencing.crs.DefaultGeographicCRS;

/**
 * A raster in memory: one number a cell, NaN where there is none. Row 0 is the northernmost; x goes east, y north in the
 * raster's own coordinate system, whatever that is. Not to be changed once it is shared.
 */
public final class Raster {
    private static final Pattern HGT = Pattern.compile("([NS])(\\d{2})([EW])(\\d{3}).*", Pattern.CASE_INSENSITIVE);
    private static final int SRTM_VOID = -32768;

    private final int cols;
    private final int rows;
    private final double west;
    private final double north;
    private final double cellX;
    private final double cellY;
    private final CoordinateReferenceSystem crs;
    private final float[] values;

    /**
     * @param west left edge of the leftmost cells
     * @param north upper edge of the topmost cells
     * @param values row by row from the north; NaN for none
     */
    public Raster(
            int cols,
            int rows,
            double west,
            double north,
            double cellX,
            double cellY,
            CoordinateReferenceSystem crs,
            float[] values) {
        if (values.length != cols * rows)
            throw new IllegalArgumentException(values.length + " values for " + cols + " x " + rows + " cells");
        this.cols = cols;
        this.rows = rows;
        this.west = west;
        this.north = north;
        this.cellX = cellX;
        this.cellY = cellY;
        this.crs = crs;
        this.values = values;
    }

    public int cols() {
        return cols;
    }

    public int rows() {
        return rows;
    }

    public double west() {
        return west;
    }

    public double north() {
        return north;
    }

    public double cellX() {
        return cellX;
    }

    public double cellY() {
        return cellY;
    }

    public CoordinateReferenceSystem crs() {
        return crs;
    }

    /** Shared, not copied. */
    public float[] values() {
        return values;
    }

    /** The value of the cell that holds a point, NaN outside. */
    public float nearest(double x, double y) {
        double col = Math.floor((x - west) / cellX);
        double row = Math.floor((north - y) / cellY);
        return col < 0 || row < 0 || col >= cols || row >= rows ? Float.NaN : values[(int) row * cols + (int) col];
    }

    /** Between the four centres around a point; where one of them has no value, that of the cell itself. */
    public float between(double x, double y) {
        double u = (x - west) / cellX - 0.5;
        double v = (north - y) / cellY - 0.5;
        int c = (int) Math.floor(u);
        int r = (int) Math.floor(v);
        if (c < 0 || r < 0 || c + 1 >= cols || r + 1 >= rows) return nearest(x, y);
        int at = r * cols + c;
        double fu = u - c;
        double fv = v - r;
        double high = values[at] + (values[at + 1] - values[at]) * fu;
        double low = values[at + cols] + (values[at + cols + 1] - values[at + cols]) * fu;
        float value = (float) (high + (low - high) * fv);
        return Float.isNaN(value) ? nearest(x, y) : value;
    }

    /**
     * Reads a GeoTIFF, or an SRTM tile ({@code .hgt}, alone in a zip or not) whose name says where it lies.
     *
     * @param mostCells a larger one is refused, since it would fill the memory
     * @throws ProblemException with words: unreadable, without place, turned, too large
     */
    public static Raster read(Path file, long mostCells) {
        String name = String.valueOf(file.getFileName());
        String plain = name.toLowerCase(Locale.ROOT);
        try {
            if (plain.endsWith(".hgt") || plain.endsWith(".hgt.zip")) return srtm(file, name);
            return geoTiff(file, name, mostCells);
        } catch (IOException | RuntimeException e) {
            // The decoder answers a damaged file with whatever it met, unchecked too.
            if (e instanceof ProblemException problem) throw problem;
            String why = e.getMessage();
            throw ProblemException.invalid(
                            "terrain.broken", name, why == null ? e.getClass().getSimpleName() : why)
                    .causedBy(e);
        }
    }

    private static Raster srtm(Path file, String name) throws IOException {
        Matcher place = HGT.matcher(name);
        if (!place.matches()) throw ProblemException.invalid("terrain.hgtName", name);
        double lat = Integer.parseInt(place.group(2)) * (place.group(1).equalsIgnoreCase("S") ? -1 : 1);
        double lon = Integer.parseInt(place.group(4)) * (place.group(3).equalsIgnoreCase("W") ? -1 : 1);
        byte[] bytes;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            bytes = name.toLowerCase(Locale.ROOT).endsWith(".zip") ? unzipped(in) : in.readNBytes(2 * 3601 * 3601 + 1);
        }
        int side = bytes.length == 2 * 1201 * 1201 ? 1201 : bytes.length == 2 * 3601 * 3601 ? 3601 : 0;
        if (side == 0) throw ProblemException.invalid("terrain.hgtSize", name, bytes.length);
        float[] values = new float[side * side];
        try (DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(bytes))) {
            for (int i = 0; i < values.length; i++) {
                int height = in.readShort();
                values[i] = height == SRTM_VOID ? Float.NaN : height;
            }
        }
        double cell = 1.0 / (side - 1);
        // The values stand on the degree lines, so the outer cells reach half a cell beyond.
        return new Raster(
                side, side, lon - cell / 2, lat + 1 + cell / 2, cell, cell, DefaultGeographicCRS.WGS84, values);
    }

    private static byte[] unzipped(InputStream in) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                if (entry.getName().toLowerCase(Locale.ROOT).endsWith(".hgt"))
                    return zip.readNBytes(2 * 3601 * 3601 + 1);
        }
        return new byte[0];
    }

    private static Raster geoTiff(Path file, String name, long mostCells) throws IOException {
        GeoTiffReader reader = new GeoTiffReader(file.toFile());
        try {
            var range = reader.getOriginalGridRange();
            long cells = (long) range.getSpan(0) * range.getSpan(1);
            if (cells > mostCells) throw ProblemException.invalid("terrain.tooLarge", name, cells, mostCells);
            GridCoverage2D coverage = reader.read(null);
            try {
                return of(coverage, name);
            } finally {
                coverage.dispose(true);
            }
        } finally {
            reader.dispose();
        }
    }

    private static Raster of(GridCoverage2D coverage, String name) {
        CoordinateReferenceSystem crs = coverage.getCoordinateReferenceSystem2D();
        if (crs == null || crs instanceof EngineeringCRS) throw ProblemException.invalid("terrain.noCrs", name);
        MathTransform place = coverage.getGridGeometry()
                .getGridToCRS2D(org.geotools.api.metadata.spatial.PixelOrientation.UPPER_LEFT);
        if (!(place instanceof AffineTransform affine)
                || affine.getShearX() != 0
                || affine.getShearY() != 0
                || affine.getScaleX() <= 0
                || affine.getScaleY() >= 0) throw ProblemException.invalid("terrain.turned", name);
        RenderedImage image = coverage.getRenderedImage();
        int cols = image.getWidth();
        int rows = image.getHeight();
        float[] values = new float[cols * rows];
        image.getData().getSamples(image.getMinX(), image.getMinY(), cols, rows, 0, values);
        Set<Float> none = new HashSet<>();
        double[] declared = coverage.getSampleDimension(0).getNoDataValues();
        if (declared != null) for (double value : declared) none.add((float) value);
        NoDataContainer container = CoverageUtilities.getNoDataProperty(coverage);
        if (container != null) none.add((float) container.getAsSingleValue());
        for (int i = 0; i < values.length; i++) if (none.contains(values[i])) values[i] = Float.NaN;
        return new Raster(
                cols,
                rows,
                affine.getTranslateX() + image.getMinX() * affine.getScaleX(),
                affine.getTranslateY() + image.getMinY() * affine.getScaleY(),
                affine.getScaleX(),
                -affine.getScaleY(),
                crs,
                values);
    }

    /** A GeoTIFF of 32-bit floats with the no-data value {@code -9999} in place of NaN, deflated. */
    public void writeGeoTiff(OutputStream out) throws IOException {
        float[] filled = values.clone();
        for (int i = 0; i < filled.length; i++) if (Float.isNaN(filled[i])) filled[i] = NO_DATA;
        WritableRaster data = RasterFactory.createBandedRaster(DataBuffer.TYPE_FLOAT, cols, rows, 1, null);
        data.setSamples(0, 0, cols, rows, 0, filled);
        ReferencedEnvelope box = new ReferencedEnvelope(west, west + cols * cellX, north - rows * cellY, north, crs);
        GridCoverage2D coverage = new GridCoverageFactory().create("raster", data, box);
        coverage = withNoData(coverage);
        GeoTiffWriteParams params = new GeoTiffWriteParams();
        params.setCompressionMode(GeoTiffWriteParams.MODE_EXPLICIT);
        params.setCompressionType("Deflate");
        ParameterValue<?> value = (ParameterValue<?>) new GeoTiffFormat()
                .getWriteParameters()
                .parameter(AbstractGridFormat.GEOTOOLS_WRITE_PARAMS.getName().toString());
        value.setValue(params);
        GridCoverageWriter writer = new GeoTiffWriter(out);
        try {
            writer.write(coverage, new GeneralParameterValue[] {value});
        } finally {
            writer.dispose();
        }
    }

    /** Stands in written files where there is no value. */
    public static final float NO_DATA = -9999;

    private static GridCoverage2D withNoData(GridCoverage2D coverage) {
        java.util.Map<String, Object> properties = new java.util.HashMap<>();
        CoverageUtilities.setNoDataProperty(properties, Double.valueOf(NO_DATA));
        return new GridCoverageFactory()
                .create(
                        "raster",
                        coverage.getRenderedImage(),
                        coverage.getGridGeometry(),
                        coverage.getSampleDimensions(),
                        null,
                        properties);
    }

    @Override
    public String toString() {
        return "Raster of " + cols + " x " + rows + " cells of " + cellX + ", first "
                + Arrays.toString(Arrays.copyOf(values, Math.min(3, values.length)));
    }
}
