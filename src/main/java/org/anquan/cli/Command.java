package org.anquan.cli;

import org.anquan.problem.Text;

/** One command of the command line. Each is a Spring bean, named {@link CommandLine#BEAN} and the word that calls it. */
interface Command {
    /** How it is called and what it does, a line each. */
    Text usage();

    /**
     * Does it.
     *
     * @return 0 only if it did what was asked
     * @throws org.anquan.problem.ProblemException whose words are printed
     */
    int run(Arguments arguments) throws Exception;
}
