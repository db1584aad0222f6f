package org.anquan.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A layer, as its file {@code layers/<id>.yaml} defines it. From it come the table, the validation, the form, the API
 * schema and the legend.
 *
 * @param group where it stands in the layer tree: {@code admin}, {@code resource}, {@code shelter}, {@code hazard},
 *     {@code lifeline}, {@code risk}, {@code event}
 * @param order place in the tree and on the map: small numbers are drawn first, below the others
 * @param attributes the common ones ({@link CommonAttributes}) first, then the layer's own
 * @param search the text attributes that the search box looks through
 */
public record LayerDefinition(
        String id,
        Title title,
        String group,
        int order,
        GeometryKind geometry,
        Sensitivity sensitivity,
        List<AttributeDefinition> attributes,
        List<String> search) {
    public LayerDefinition {
        attributes = List.copyOf(attributes);
        search = List.copyOf(search);
    }

    /** One whose names, codes and addresses are searched. */
    public LayerDefinition(
            String id,
            Title title,
            String group,
            int order,
            GeometryKind geometry,
            Sensitivity sensitivity,
            List<AttributeDefinition> attributes) {
        this(id, title, group, order, geometry, sensitivity, attributes, Searched.usual(attributes));
    }

    public Optional<AttributeDefinition> attribute(String name) {
        for (AttributeDefinition attribute : attributes)
            if (attribute.name().equals(name)) return Optional.of(attribute);
        return Optional.empty();
    }
}
