// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.cli;

import io.fdreactor.selection.Reactors;
import io.fdreactor.selection.SelectionReport;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.contract.RuleBook;
import io.fdreactor.tck.fixture.Platform;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "java -jar fdreactor-tck-VERSION-all.jar",
        description = {"", "Holds a backend of fdreactor to the contract that all of them keep, and prints a verdict."},
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Exit status: 0 if the backend conforms in all that was asked for, 1 if it doesn't, 2 if that could not be"
                    + " found out."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main implements Callable<Integer> {
    private static final int CONFORMANT = 0;
    private static final int NOT_CONFORMANT = 1;
    private static final int UNDECIDED = 2;

    @Option(
            names = "--backend",
            paramLabel = "ID",
            description = "Which one. Needed, unless there is exactly one in what --classpath brings.")
    private @Nullable String backend;

    @Option(
            names = "--classpath",
            paramLabel = "PATH",
            description = "Jars and directories with somebody else's backend and what it needs, with"
                    + " ${sys:path.separator} between them. fdreactor, JNA and Guava are there already.")
    private @Nullable String classPath;

    @Option(
            names = "--rule",
            paramLabel = "IDS",
            description = "The only rules to try, such as FD-12,TIME-*. May be repeated.")
    private List<String> rules = List.of();

    @Option(
            names = "--waive",
            paramLabel = "ID=REASON",
            description = "Accept that a rule is broken. May be repeated. A rule that isn't broken must not be waived.")
    private List<String> waivers = List.of();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where to write the report as JSON: a file whose name ends in .json, or a directory.")
    private @Nullable String report;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Try the random schedule of this seed only, or from this one on.")
    private @Nullable Long seed;

    @Option(names = "--seeds", paramLabel = "N", description = "Try so many random schedules; 200 by default.")
    private @Nullable Integer seeds;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "After how long a test that waits gives up; 30 by default.")
    private @Nullable Integer timeoutSeconds;

    @Option(names = "--list", description = "Print the backends and the rules, and try nothing.")
    private boolean list;

    @Spec
    private @Nullable CommandSpec spec;

    /** For the command line's parser. */
    Main() {}

    /** Does what it is asked for, and ends the JVM. */
    public static void main(String[] arguments) {
        int status = run(arguments);
        System.out.flush();
        System.err.flush();
        // Not exit: a backend that has failed may have left hooks and threads behind, which would keep this from
        // ending.
        Runtime.getRuntime().halt(status);
    }

    /** As {@link #main}, and answers the exit status. */
    static int run(String... arguments) {
        return new CommandLine(new Main())
                .setParameterExceptionHandler(
                        (thrown, parsed) -> complain(thrown.getMessage() + " (--help tells more)"))
                .setExecutionExceptionHandler((thrown, command, parsed) -> {
                    if (thrown instanceof CouldNotTell) {
                        return complain(String.valueOf(thrown.getMessage()));
                    }
                    thrown.printStackTrace();
                    return UNDECIDED;
                })
                .execute(arguments);
    }

    private static int complain(String message) {
        System.err.println("error: " + message);
        return UNDECIDED;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ExtraClassPath brought = new ExtraClassPath(classPath);
        if (!brought.isInPlace()) {
            return brought.runWithIt(Main.class, arguments());
        }
        SelectionReport backends = Reactors.report();
        System.out.println(backends + "\n" + limits() + "\n");
        if (list) {
            RuleBook.rules().values().forEach(rule -> System.out.println(rule.id() + "  " + rule.text()));
            return CONFORMANT;
        }
        ReactorProvider provider = Subject.find(backends, backend, brought);
        System.out.println(
                "[" + provider.id() + "] is being held to the contract: the whole of it takes a minute or so\n");
        Contract.Result result = Contract.hold(provider, parameters());
        System.out.println("\n" + result.report());
        Throwable trouble = result.trouble();
        if (trouble != null) {
            throw new CouldNotTell(String.valueOf(trouble.getMessage()), trouble);
        }
        return switch (result.report().verdict()) {
            case CONFORMANT -> CONFORMANT;
            case NOT_CONFORMANT -> NOT_CONFORMANT;
            case UNDECIDED -> UNDECIDED;
        };
    }

    /** What the report on backends has nothing of, and some rules are sensitive to. */
    private static String limits() {
        Platform platform = Platform.current();
        return "limits     " + platform.processors() + " processors, " + platform.openFiles() + " open files";
    }

    private List<String> arguments() {
        return Objects.requireNonNull(spec).commandLine().getParseResult().originalArgs();
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "rule", rules.isEmpty() ? null : String.join(",", rules));
        put(parameters, "waive", waivers.isEmpty() ? null : String.join("\n", waivers));
        put(parameters, "report", report);
        put(parameters, "seed", seed);
        put(parameters, "seeds", seeds);
        put(parameters, "timeoutSeconds", timeoutSeconds);
        return parameters;
    }

    private static void put(Map<String, String> parameters, String name, @Nullable Object value) {
        if (value != null) {
            parameters.put("fdreactor.tck." + name, value.toString());
        }
    }

    /** As the jar's manifest has it. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"fdreactor TCK " + Main.class.getPackage().getImplementationVersion()};
        }
    }
}
