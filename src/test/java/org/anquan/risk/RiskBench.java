package org.anquan.risk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.anquan.Anquan;
import org.anquan.process.Process;
import org.anquan.process.Progress;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The sample district's comprehensive zoning at 100 m, about 150 000 cells; and other weights of the same run. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class RiskBench {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Path home;
    private ConfigurableApplicationContext context;
    private Process process;
    private String run;
    private Map<String, Double> shares = new LinkedHashMap<>();
    private RiskRun made;
    private int turn;

    @Setup(Level.Trial)
    public void start() throws Exception {
        home = Files.createTempDirectory("risk-bench");
        SpringApplication application = new SpringApplication(Anquan.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        context = application.run(
                "--server.port=0", "--anquan.home=" + home, "--anquan.sample=lizhou", "--logging.level.root=WARN");
        process = context.getBean(RiskZoningProcess.class);
        while (true)
            try {
                run = ((RiskAnswer) zone("{\"recipe\": \"comprehensive\"}")).run();
                break;
            } catch (org.anquan.problem.ProblemException e) {
                Thread.sleep(500);
            }
        made = context.getBean(RiskRuns.class).require(run);
        shares = made.shares(made.recipeWeights());
    }

    @TearDown(Level.Trial)
    public void stop() throws Exception {
        context.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }

    private Object zone(String inputs) {
        return process.execute((ObjectNode) JSON.readTree(inputs), Progress.none());
    }

    /** From the layers to zones, tables and sensitivity; not kept. */
    @Benchmark
    public Object comprehensive() {
        return zone("{\"recipe\": \"comprehensive\", \"keep\": false}");
    }

    /** As a slider asks. */
    @Benchmark
    public Object otherWeights() {
        turn = (turn + 1) % 20;
        return zone(
                "{\"run\": \"" + run + "\", \"sensitivity\": 0, \"weights\": {\"geological\": " + turn / 20.0 + "}}");
    }

    /** The dissolving alone. */
    @Benchmark
    public Object zones() {
        float[] risk = made.risk(shares);
        return Zones.of(made.grid(), Levels.of(risk, new double[] {0.1, 0.15, 0.2, 0.3}), Levels.HIGHEST + 1, true);
    }
}
