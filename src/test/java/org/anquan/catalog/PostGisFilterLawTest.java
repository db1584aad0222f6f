package org.anquan.catalog;

import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.anquan.geo.Bbox;

/** PostGIS and {@link Filter#matches} must agree too. */
class PostGisFilterLawTest extends FilterLawTest {
    @BeforeContainer
    static void fill() throws IOException {
        fill(TestCatalogue.open(PostGisServer.freshSchema()));
    }

    /** Fewer: PostgreSQL plans each of these deep filters for some 25 ms. */
    @Override
    @Property(tries = 300)
    void theDatabaseAndTheMemoryAgree(@ForAll("filters") String text, @ForAll("boxes") Bbox box) {
        super.theDatabaseAndTheMemoryAgree(text, box);
    }

    /** One in four: a stream has a connection of its own, which PostgreSQL takes 20 to 50 ms to give. */
    @Override
    boolean atLength(String text) {
        return text.hashCode() % 4 == 0;
    }

    @AfterContainer
    static void close() throws IOException {
        closeStore();
    }
}
