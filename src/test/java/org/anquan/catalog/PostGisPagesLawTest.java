package org.anquan.catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** PostGIS gives the same pages. */
class PostGisPagesLawTest extends PagesLawTest {
    @Override
    TestCatalogue openStore(Path folder) {
        return TestCatalogue.open(PostGisServer.freshSchema());
    }

    @Override
    @Property(tries = 4)
    void pagesAreThoseOfAPlainModel(@ForAll Random random) throws IOException {
        super.pagesAreThoseOfAPlainModel(random);
    }
}
