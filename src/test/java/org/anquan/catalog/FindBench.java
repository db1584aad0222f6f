package org.anquan.catalog;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.anquan.geo.Bbox;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The search box over 140 000 sites, each with a name and an address: queries of one, two and more characters, pinyin and
 * words. {@link #main} prints the percentiles of single questions, each kind by itself, and what the first one costs.
 */
@State(Scope.Benchmark)
@Fork(1)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FindBench {
    private static final int SITES = 140_000;
    private static final String LAYER = """
            id: site
            title: {zh: 场所, en: Sites}
            group: shelter
            order: 3
            geometry: point
            attributes:
              - {name: address, title: {zh: 地址, en: Address}, type: text}
            """;
    private static final String[] TOWNS = {"东坝", "嘉陵", "河西", "雪峰", "南河", "万缘", "上西", "宝轮", "荣山", "大石", "盘龙", "三堆", "龙潭"
    };
    private static final String[] KINDS = {"小学", "中学", "广场", "公园", "体育馆", "卫生院", "活动中心", "村委会", "幼儿园"};
    private static final String[] WORDS = {"新华", "和平", "人民", "建设", "红星", "光明", "胜利", "前进", "向阳", "东风", "清江", "凤凰"};
    /** One character that a third of the names have, two, rare ones, pinyin, words, nothing at all. */
    private static final List<String> QUERIES = List.of(
            "小", "区", "利", "小学", "新华小学", "宝轮镇", "12号", "999", "lzq", "xhxx", "xinhua", "h", "sd", "新华 宝轮", "没有这个名字");

    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    private Path folder;
    private TestCatalogue store;
    private Names names;
    private final Random random = new Random(1);
    private int turn;

    @Setup(Level.Trial)
    public void fill() throws IOException {
        folder = Files.createTempDirectory("findbench");
        store = TestCatalogue.open(folder, LAYER);
        store.edits().load(TestCatalogue.me("bench"), "site", LoadMode.REPLACE, sink -> {
            for (int i = 0; i < SITES; i++) {
                Map<String, Object> is = new LinkedHashMap<>();
                String town = pick(TOWNS);
                is.put("name", "利州区" + town + pick(WORDS) + pick(KINDS) + i);
                is.put("address", "利州区" + town + "镇" + pick(WORDS) + "路" + random.nextInt(999) + "号");
                sink.add(new FeatureDraft(
                        "s" + i, TestCatalogue.point(105 + random.nextDouble(), 32 + random.nextDouble()), is, null));
            }
        });
        names = store.names();
    }

    private String pick(String[] of) {
        return of[random.nextInt(of.length)];
    }

    @TearDown(Level.Trial)
    public void clear() throws IOException {
        store.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
        }
        Files.delete(folder);
    }

    private NameHits find(String query, boolean near) {
        Bbox box = near ? new Bbox(105.4, 32.4, 105.6, 32.6) : null;
        return names.find(new NameQuery(query, 20, List.of(), box), new Visibility(Sensitivity.PUBLIC));
    }

    @Benchmark
    @Warmup(iterations = 3, time = 2)
    @Measurement(iterations = 5, time = 2)
    public NameHits find() {
        return find(QUERIES.get(turn++ % QUERIES.size()), (turn & 1) == 0);
    }

    /** A question after an edit: the changed feature is read again. */
    @Benchmark
    @Warmup(iterations = 3, time = 2)
    @Measurement(iterations = 5, time = 2)
    public NameHits findAfterAnEdit() {
        store.edits()
                .apply(
                        TestCatalogue.me("bench"),
                        List.of(new Change.Patch(
                                "site", "s" + random.nextInt(1000), null, null, Map.of("name", "改名" + turn++))));
        return find("改名", false);
    }

    public static void main(String[] arguments) throws IOException {
        FindBench bench = new FindBench();
        bench.fill();
        long start = System.nanoTime();
        bench.find("小", false);
        System.out.printf("first question, all names read: %.0f ms%n", (System.nanoTime() - start) / 1e6);
        for (int i = 0; i < 300; i++) bench.find();
        for (String query : QUERIES)
            for (boolean near : new boolean[] {false, true}) {
                double[] millis = new double[200];
                for (int i = 0; i < millis.length; i++) {
                    // The processor's time: other work on the machine does not count.
                    long from = THREAD.getCurrentThreadCpuTime();
                    bench.find(query, near);
                    millis[i] = (THREAD.getCurrentThreadCpuTime() - from) / 1e6;
                }
                Arrays.sort(millis);
                System.out.printf(
                        "%-12s near=%-5s p50 %5.1f  p99 %5.1f ms%n",
                        query, near, millis[millis.length / 2], millis[(int) (millis.length * 0.99)]);
            }
        double[] edits = new double[50];
        for (int i = 0; i < edits.length; i++) {
            long from = System.nanoTime();
            bench.findAfterAnEdit();
            edits[i] = (System.nanoTime() - from) / 1e6;
        }
        Arrays.sort(edits);
        System.out.printf("after an edit (with the edit): p50 %.1f  p99 %.1f ms%n", edits[25], edits[49]);
        bench.clear();
    }
}
