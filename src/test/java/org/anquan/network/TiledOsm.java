package org.anquan.network;

import com.google.protobuf.ByteString;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.openstreetmap.osmosis.osmbinary.Fileformat.Blob;
import org.openstreetmap.osmosis.osmbinary.Fileformat.BlobHeader;
import org.openstreetmap.osmosis.osmbinary.Osmformat.DenseNodes;
import org.openstreetmap.osmosis.osmbinary.Osmformat.HeaderBlock;
import org.openstreetmap.osmosis.osmbinary.Osmformat.Node;
import org.openstreetmap.osmosis.osmbinary.Osmformat.PrimitiveBlock;
import org.openstreetmap.osmosis.osmbinary.Osmformat.PrimitiveGroup;
import org.openstreetmap.osmosis.osmbinary.Osmformat.Relation;
import org.openstreetmap.osmosis.osmbinary.Osmformat.Way;

/**
 * A synthetic road network for measuring: a PBF file laid side by side several times, each copy moved by its own width or
 * height, with ids of its own and joined to its neighbours to the east and north by one trunk road. It is no real place.
 */
final class TiledOsm {
    /** Above every id of the file. */
    private static final long NODE_IDS = 100_000_000_000L;

    private final Path source;
    private final int tiles;
    private final double widthDegrees;
    private final double heightDegrees;
    private final Map<Long, Long> wayNumbers = new HashMap<>();
    /** Nodes of main roads farthest east, west, north and south: id and coordinate. */
    private final long[] outermost = new long[4];

    private TiledOsm(Path source, int side, double widthDegrees, double heightDegrees) {
        this.source = source;
        this.tiles = side;
        this.widthDegrees = widthDegrees;
        this.heightDegrees = heightDegrees;
    }

    /** Porto side by side, in {@code target}. */
    static Path porto(int side) throws IOException {
        return of(
                Imported.data("porto-2015-roads.osm.pbf"),
                side,
                0.43,
                0.43,
                Path.of("target/synthetic-porto-" + side + "x" + side + ".osm.pbf"));
    }

    /** Writes the file for {@code bin/bench million}: the argument is the side. */
    public static void main(String[] side) throws IOException {
        System.out.println(porto(Integer.parseInt(side[0])));
    }

    /** Writes {@code side × side} copies; nothing if the file is there already. */
    static Path of(Path source, int side, double widthDegrees, double heightDegrees, Path to) throws IOException {
        if (Files.exists(to)) return to;
        Files.createDirectories(to.getParent());
        Path fresh = to.resolveSibling(to.getFileName() + ".tmp");
        new TiledOsm(source, side, widthDegrees, heightDegrees).write(fresh);
        Files.move(fresh, to, StandardCopyOption.REPLACE_EXISTING);
        return to;
    }

    private interface Blocks {
        void take(PrimitiveBlock block) throws IOException;
    }

    private void write(Path to) throws IOException {
        findOutermost();
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(to)))) {
            HeaderBlock header = HeaderBlock.newBuilder()
                    .addRequiredFeatures("OsmSchema-V0.6")
                    .addRequiredFeatures("DenseNodes")
                    .setWritingprogram("synthetic tiles")
                    .build();
            put(out, "OSMHeader", header.toByteString());
            for (int tile = 0; tile < tiles * tiles; tile++) {
                int t = tile;
                read(block -> nodes(out, block, t));
            }
            for (int tile = 0; tile < tiles * tiles; tile++) {
                int t = tile;
                read(block -> ways(out, block, t));
            }
            joints(out);
            for (int tile = 0; tile < tiles * tiles; tile++) {
                int t = tile;
                read(block -> relations(out, block, t));
            }
        }
    }

    private void read(Blocks blocks) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(source)))) {
            while (true) {
                int length;
                try {
                    length = in.readInt();
                } catch (EOFException end) {
                    return;
                }
                BlobHeader header = BlobHeader.parseFrom(in.readNBytes(length));
                Blob blob = Blob.parseFrom(in.readNBytes(header.getDatasize()));
                if (header.getType().equals("OSMData")) blocks.take(PrimitiveBlock.parseFrom(unpacked(blob)));
            }
        }
    }

    private static byte[] unpacked(Blob blob) throws IOException {
        if (blob.hasRaw()) return blob.getRaw().toByteArray();
        byte[] bytes = new byte[blob.getRawSize()];
        Inflater inflater = new Inflater();
        inflater.setInput(blob.getZlibData().toByteArray());
        try {
            inflater.inflate(bytes);
        } catch (DataFormatException e) {
            throw new IOException(e);
        } finally {
            inflater.end();
        }
        return bytes;
    }

    private static void put(DataOutputStream out, String type, ByteString content) throws IOException {
        byte[] blob = Blob.newBuilder().setRaw(content).build().toByteArray();
        byte[] header = BlobHeader.newBuilder()
                .setType(type)
                .setDatasize(blob.length)
                .build()
                .toByteArray();
        out.writeInt(header.length);
        out.write(header);
        out.write(blob);
    }

    /** The block without its groups, moved. */
    private PrimitiveBlock.Builder moved(PrimitiveBlock block, int tile) {
        return block.toBuilder()
                .clearPrimitivegroup()
                .setLonOffset(block.getLonOffset() + Math.round(tile % tiles * widthDegrees * 1e9))
                .setLatOffset(block.getLatOffset() + Math.round(tile / tiles * heightDegrees * 1e9));
    }

    private void nodes(DataOutputStream out, PrimitiveBlock block, int tile) throws IOException {
        PrimitiveBlock.Builder made = moved(block, tile);
        for (PrimitiveGroup group : block.getPrimitivegroupList()) {
            if (group.hasDense() && group.getDense().getIdCount() > 0) {
                DenseNodes dense = group.getDense();
                made.addPrimitivegroup(PrimitiveGroup.newBuilder()
                        .setDense(dense.toBuilder().clearDenseinfo().setId(0, dense.getId(0) + tile * NODE_IDS)));
            }
            if (group.getNodesCount() > 0) {
                PrimitiveGroup.Builder plain = PrimitiveGroup.newBuilder();
                for (Node node : group.getNodesList())
                    plain.addNodes(node.toBuilder().clearInfo().setId(node.getId() + tile * NODE_IDS));
                made.addPrimitivegroup(plain);
            }
        }
        if (made.getPrimitivegroupCount() > 0) put(out, "OSMData", made.build().toByteString());
    }

    private long wayId(long id, int tile) {
        Long number = wayNumbers.get(id);
        if (number == null) {
            number = (long) wayNumbers.size() + 1;
            wayNumbers.put(id, number);
        }
        return number * tiles * tiles + tile;
    }

    private void ways(DataOutputStream out, PrimitiveBlock block, int tile) throws IOException {
        PrimitiveGroup.Builder group = PrimitiveGroup.newBuilder();
        for (PrimitiveGroup from : block.getPrimitivegroupList())
            for (Way way : from.getWaysList()) {
                Way.Builder made = way.toBuilder().clearInfo().setId(wayId(way.getId(), tile));
                if (way.getRefsCount() > 0) made.setRefs(0, way.getRefs(0) + tile * NODE_IDS);
                group.addWays(made);
            }
        if (group.getWaysCount() > 0)
            put(
                    out,
                    "OSMData",
                    moved(block, tile).addPrimitivegroup(group).build().toByteString());
    }

    private void relations(DataOutputStream out, PrimitiveBlock block, int tile) throws IOException {
        PrimitiveGroup.Builder group = PrimitiveGroup.newBuilder();
        for (PrimitiveGroup from : block.getPrimitivegroupList())
            for (Relation relation : from.getRelationsList()) {
                Relation.Builder made = relation.toBuilder().clearInfo().setId(relation.getId() * tiles * tiles + tile);
                long member = 0;
                long before = 0;
                for (int i = 0; i < relation.getMemidsCount(); i++) {
                    member += relation.getMemids(i);
                    long id = relation.getTypes(i) == Relation.MemberType.NODE
                            ? member + tile * NODE_IDS
                            : relation.getTypes(i) == Relation.MemberType.WAY ? wayId(member, tile) : member;
                    made.setMemids(i, id - before);
                    before = id;
                }
                group.addRelations(made);
            }
        if (group.getRelationsCount() > 0)
            put(
                    out,
                    "OSMData",
                    moved(block, tile).addPrimitivegroup(group).build().toByteString());
    }

    private void findOutermost() throws IOException {
        Map<Long, long[]> main = new HashMap<>();
        read(block -> {
            for (PrimitiveGroup group : block.getPrimitivegroupList())
                for (Way way : group.getWaysList()) {
                    if (!isMain(block, way)) continue;
                    long ref = 0;
                    for (long delta : way.getRefsList()) main.put(ref += delta, new long[0]);
                }
        });
        double[] farthest = {-999, 999, -999, 999};
        read(block -> {
            for (PrimitiveGroup group : block.getPrimitivegroupList()) {
                DenseNodes dense = group.getDense();
                long id = 0;
                long lon = 0;
                long lat = 0;
                for (int i = 0; i < dense.getIdCount(); i++) {
                    id += dense.getId(i);
                    lon += dense.getLon(i);
                    lat += dense.getLat(i);
                    if (!main.containsKey(id)) continue;
                    double[] at = {lon, -lon, lat, -lat};
                    for (int side = 0; side < 4; side++) {
                        double best = side % 2 == 0 ? farthest[side] : -farthest[side];
                        double here = at[side] * block.getGranularity() * 1e-9;
                        if (here <= best) continue;
                        farthest[side] = side % 2 == 0 ? here : -here;
                        outermost[side] = id;
                    }
                }
            }
        });
    }

    private static boolean isMain(PrimitiveBlock block, Way way) {
        for (int i = 0; i < way.getKeysCount(); i++)
            if (block.getStringtable().getS(way.getKeys(i)).toStringUtf8().equals("highway")) {
                String value = block.getStringtable().getS(way.getVals(i)).toStringUtf8();
                return value.equals("primary") || value.equals("secondary") || value.equals("tertiary");
            }
        return false;
    }

    /** From each tile to the next one east and north. */
    private void joints(DataOutputStream out) throws IOException {
        PrimitiveBlock.Builder block = PrimitiveBlock.newBuilder();
        block.getStringtableBuilder()
                .addS(ByteString.EMPTY)
                .addS(ByteString.copyFromUtf8("highway"))
                .addS(ByteString.copyFromUtf8("trunk"));
        PrimitiveGroup.Builder group = PrimitiveGroup.newBuilder();
        long id = ((long) wayNumbers.size() + 2) * tiles * tiles;
        for (int tile = 0; tile < tiles * tiles; tile++) {
            if (tile % tiles + 1 < tiles) group.addWays(joint(++id, tile, outermost[0], tile + 1, outermost[1]));
            if (tile / tiles + 1 < tiles) group.addWays(joint(++id, tile, outermost[2], tile + tiles, outermost[3]));
        }
        put(out, "OSMData", block.addPrimitivegroup(group).build().toByteString());
    }

    private static Way joint(long id, int tile, long from, int next, long to) {
        long first = from + tile * NODE_IDS;
        return Way.newBuilder()
                .setId(id)
                .addKeys(1)
                .addVals(2)
                .addRefs(first)
                .addRefs(to + next * NODE_IDS - first)
                .build();
    }
}
