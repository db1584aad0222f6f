package org.anquan.catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** PostGIS remembers as the embedded store does. */
class PostGisPastLawTest extends PastLawTest {
    @Override
    TestCatalogue openStore(Path folder) {
        return TestCatalogue.open(PostGisServer.freshSchema());
    }

    @Override
    @Property(tries = 8)
    void thePastIsWhatItWas(@ForAll Random random) throws IOException {
        super.thePastIsWhatItWas(random);
    }
}
