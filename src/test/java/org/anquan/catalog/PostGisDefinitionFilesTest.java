package org.anquan.catalog;

import java.util.List;

/** Changed definitions change tables in PostGIS as they do in the embedded store. */
class PostGisDefinitionFilesTest extends DefinitionFilesTest {
    private final String url = PostGisServer.freshSchema();

    @Override
    TestCatalogue openStore(String... yaml) {
        return TestCatalogue.open(url, List.of(yaml));
    }
}
