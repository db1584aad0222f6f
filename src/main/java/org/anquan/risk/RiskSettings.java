package org.anquan.risk;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param recipe the recipe where a request names none
 * @param maxCells most cells of one zoning
 * @param maxOutlineCells how often the outline of an area may cross the lines of the grid, or itself
 * @param minCellMetres smallest side of a cell
 * @param keptRuns runs kept in the data folder, newest first
 * @param runsInMemory runs whose cells stay in memory, so that weights can be changed at once
 * @param sensitivity by how much of the whole a weight is moved to see how much area changes its level
 * @param villageRadiusMetres how far around its point the people of a village are spread where no areas are known
 * @param maxListed most rows of one list
 * @param maxRecipes most recipes kept under a name
 * @param warmUpAfter how long after the start the usual zoning is made once in the background; negative for never
 */
@Validated
@ConfigurationProperties(prefix = "anquan.risk", ignoreUnknownFields = false)
record RiskSettings(
        String recipe,
        @Min(1) int maxCells,
        @Min(1) int maxOutlineCells,
        @DecimalMin("1") double minCellMetres,
        @Min(1) int keptRuns,
        @Min(1) int runsInMemory,
        @DecimalMin("0.001") @DecimalMax("0.9") double sensitivity,
        @DecimalMin("1") double villageRadiusMetres,
        @Min(1) int maxListed,
        @Min(1) int maxRecipes,
        Duration warmUpAfter) {}
