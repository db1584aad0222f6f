package org.anquan.catalog;

import org.anquan.problem.Text;

/** What types are called in messages. */
final class TypeNames {
    private TypeNames() {}

    static Text name(AttributeType type) {
        return Text.of(
                switch (type) {
                    case TEXT -> "catalog.type.text";
                    case INTEGER -> "catalog.type.integer";
                    case NUMBER -> "catalog.type.number";
                    case BOOLEAN -> "catalog.type.boolean";
                    case DATE -> "catalog.type.date";
                    case TIME -> "catalog.type.time";
                    case LIST -> "catalog.type.list";
                });
    }

    static Text name(GeometryKind kind) {
        return Text.of(
                switch (kind) {
                    case POINT -> "catalog.geometry.POINT";
                    case LINE -> "catalog.geometry.LINE";
                    case POLYGON -> "catalog.geometry.POLYGON";
                });
    }
}
