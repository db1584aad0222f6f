package org.anquan.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out, for a command of the command line, those parts of the framework that only a service needs: web, metrics,
 * health. Named in {@code META-INF/spring.factories}, since it is asked before there are any beans.
 */
public final class CommandParts implements AutoConfigurationImportFilter, EnvironmentAware {
    /** The property that says that this is a command. */
    static final String COMMAND = "anquan.command";

    private static final List<String> OF_A_SERVICE =
            List.of(".actuate.", ".health.", ".metrics.", ".tomcat.", ".webmvc.", ".servlet.", ".http.", ".reactive.");

    private @Nullable Environment environment;

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
        boolean command = environment != null && environment.containsProperty(COMMAND);
        boolean[] wanted = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            String name = classes[i];
            wanted[i] = name != null && !(command && OF_A_SERVICE.stream().anyMatch(name::contains));
        }
        return wanted;
    }
}
