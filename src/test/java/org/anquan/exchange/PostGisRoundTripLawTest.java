package org.anquan.exchange;

import java.io.IOException;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.anquan.catalog.PostGisServer;
import org.anquan.catalog.TestCatalogue;

/** Importing an export gives the same layer in PostGIS too. */
class PostGisRoundTripLawTest extends RoundTripLawTest {
    @Override
    TestCatalogue openStore(Path folder) {
        return TestCatalogue.open(PostGisServer.freshSchema());
    }

    @Override
    @Property(tries = 10)
    void importOfAnExportGivesTheSameLayer(
            @ForAll long seed, @ForAll @IntRange(max = 5) int format, @ForAll boolean titles) throws IOException {
        super.importOfAnExportGivesTheSameLayer(seed, format, titles);
    }
}
