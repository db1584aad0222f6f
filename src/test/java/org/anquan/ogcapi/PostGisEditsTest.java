package org.anquan.ogcapi;

import org.springframework.test.context.ContextConfiguration;

/** The same service on PostGIS. */
@ContextConfiguration(initializers = OnPostGis.class)
class PostGisEditsTest extends EditsTest {}
