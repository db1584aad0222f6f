package org.anquan.catalog;

import org.anquan.problem.ProblemException;

/**
 * A changed definition that the features of its layer do not fit: the layer goes on with the one it had.
 *
 * @param problem which features, which values, and how to mend them
 */
public record DefinitionProblem(String layer, Title title, ProblemException problem) {}
