package org.anquan.catalog;

import java.util.List;
import org.anquan.problem.ProblemException;
import org.anquan.security.Asker;
import org.anquan.security.Role;

/**
 * What an asker may see: the public sees what is public, everyone signed in also what is internal, planners and
 * administrators all.
 *
 * @param upTo the most sensitive thing that may be seen
 */
public record Visibility(Sensitivity upTo) {
    public static Visibility of(Asker asker) {
        if (asker.has(Role.ADMIN) || asker.has(Role.EDITOR)) return new Visibility(Sensitivity.RESTRICTED);
        return new Visibility(asker.signedIn() ? Sensitivity.INTERNAL : Sensitivity.PUBLIC);
    }

    /** Of the present request or job. */
    public static Visibility current() {
        return of(Asker.current());
    }

    public boolean sees(Sensitivity sensitivity) {
        return sensitivity.compareTo(upTo) <= 0;
    }

    public boolean sees(LayerDefinition layer) {
        return sees(layer.sensitivity());
    }

    /** The layers that may be seen, in the order of the layer tree. */
    public List<LayerDefinition> layers(Layers layers) {
        return layers.definitions().stream().filter(this::sees).toList();
    }

    /**
     * The layer, cut to what may be seen. A hidden layer is as unknown as one that does not exist.
     *
     * @throws ProblemException not found, naming the layers that may be seen
     */
    public LayerDefinition layer(Layers layers, String id) {
        List<LayerDefinition> seen = layers(layers);
        for (LayerDefinition layer : seen) if (layer.id().equals(id)) return cut(layer);
        List<String> ids = seen.stream().map(LayerDefinition::id).toList();
        throw ProblemException.notFound("catalog.noVisibleLayer", id, ids);
    }

    /** The attributes of a layer that may be seen, in their order. */
    public List<AttributeDefinition> attributes(LayerDefinition layer) {
        return layer.attributes().stream()
                .filter(attribute -> sees(attribute.sensitivity()))
                .toList();
    }

    /** The layer as if its hidden attributes did not exist, so that a filter cannot ask them out either. */
    public LayerDefinition cut(LayerDefinition layer) {
        List<AttributeDefinition> seen = attributes(layer);
        List<String> names = seen.stream().map(AttributeDefinition::name).toList();
        return new LayerDefinition(
                layer.id(),
                layer.title(),
                layer.group(),
                layer.order(),
                layer.geometry(),
                layer.sensitivity(),
                seen,
                layer.search().stream().filter(name -> names.contains(name)).toList());
    }
}
