package org.anquan.process;

import org.anquan.catalog.Title;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a process asks for and gives.
 *
 * @param id as in the address, {@code rescue-circle}
 * @param inputs JSON object: for each input {@code {title, description, schema, minOccurs}}; schemas are JSON Schema
 * @param outputs JSON object: for each output {@code {title, description, schema}}
 * @param example an {@code {"inputs": …}} body that runs on the sample district
 */
public record ProcessDescription(
        String id,
        String version,
        Title title,
        Title description,
        ObjectNode inputs,
        ObjectNode outputs,
        ObjectNode example) {}
