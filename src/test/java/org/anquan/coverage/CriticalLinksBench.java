package org.anquan.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anquan.coverage.CriticalLinks.Kind;
import org.anquan.coverage.CriticalLinks.Link;
import org.anquan.coverage.CriticalLinks.Ranking;
import org.anquan.process.Progress;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** All bridges and tunnels of Porto, and all its road sections: 20 stations, an hour, 500 villages, ten worst. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class CriticalLinksBench {
    private final PortoCase porto = new PortoCase(20, 15);

    @Setup
    public void setUp() {
        Ranking all = allBridges();
        System.out.printf(
                "%nbridges and tunnels %d, on fastest ways %d, missed %d, worst %d people%n",
                all.candidates(),
                all.onFastestWays(),
                all.losses().size(),
                all.losses().isEmpty() ? 0 : all.losses().get(0).people());
    }

    private Ranking rank(List<Kind> kinds) {
        CircleRequest request = porto.request();
        Ground ground = porto.circle.grounds().of(porto.network, request.profile(), request.offRoad());
        Located located =
                Located.of(porto.network, request, ground, Circles.settings().station(), new ArrayList<>());
        List<Link> links = CriticalLinks.candidates(porto.network, request.keyMillis(), kinds, List.of(), null, 30);
        return new CriticalLinks(porto.network, ground, request, located, porto.villages).rank(links, Progress.none());
    }

    @Benchmark
    public Ranking allBridges() {
        return rank(List.of(Kind.BRIDGES, Kind.TUNNELS));
    }

    @Benchmark
    public Ranking allSections() {
        return rank(List.of(Kind.SECTIONS));
    }
}
