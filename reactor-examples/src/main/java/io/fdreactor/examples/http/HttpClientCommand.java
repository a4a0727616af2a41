// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import io.fdreactor.Reactor;
import io.fdreactor.endpoints.Endpoints;
import io.fdreactor.examples.command.CommandFailed;
import io.fdreactor.examples.command.ReactorsOption;
import io.fdreactor.group.ReactorGroup;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingDeque;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches URLs, and ends when it has them. */
@Command(
        name = "http-client",
        description = {
            "Fetches http URLs, many over one connection, and prints status, size and time of each.",
            "Ends with 1 if one couldn't be fetched, or was answered with a status of 400 or more."
        })
public final class HttpClientCommand implements Callable<Integer> {
    private static final int DEFAULT_PORT = 80;

    @Parameters(arity = "1..*", paramLabel = "URL", description = "What to fetch: http://HOST[:PORT]/PATH.")
    private List<URI> urls = List.of();

    @Option(names = "-n", paramLabel = "TIMES", description = "How often to fetch each (default: ${DEFAULT-VALUE}).")
    private int times = 1;

    @Option(
            names = "-c",
            paramLabel = "CONNECTIONS",
            description = "How many connections to a host there may be (default: ${DEFAULT-VALUE}).")
    private int connections = 1;

    @Mixin
    private final ReactorsOption reactors = new ReactorsOption();

    /** For the command line's parser. */
    public HttpClientCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        if (times < 1 || connections < 1) {
            throw new CommandFailed(ExitCode.USAGE, "-n and -c are 1 at least");
        }
        urls.forEach(HttpClientCommand::check);
        try (ReactorGroup group = reactors.open("http-client")) {
            Tally tally = new Tally(group::stop, System.out, Math.multiplyExact(urls.size(), times));
            Map<String, BlockingDeque<Fetch>> waiting = new LinkedHashMap<>();
            for (int i = 0; i < times; i++) {
                for (URI url : urls) {
                    waiting.computeIfAbsent(endpointOf(url), endpoint -> new LinkedBlockingDeque<>())
                            .add(new Fetch(url, tally));
                }
            }
            int loops = Math.min(group.size(), connections);
            for (int i = 0; i < loops; i++) {
                int share = connections / loops + (i < connections % loops ? 1 : 0);
                start(group.next(), share, waiting);
            }
            group.awaitTermination();
            return tally.hasFailures() ? ExitCode.SOFTWARE : ExitCode.OK;
        }
    }

    /** Opens this share of the connections to each host. */
    private static void start(Reactor reactor, int share, Map<String, BlockingDeque<Fetch>> waiting) {
        List<Host> hosts = new ArrayList<>();
        waiting.forEach((endpoint, fetches) ->
                hosts.add(new Host(Endpoints.clientFromString(reactor, endpoint), share, fetches)));
        reactor.callFromThread(() -> hosts.forEach(Host::start));
    }

    private static void check(URI url) {
        if (!"http".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
            throw new CommandFailed(ExitCode.USAGE, "[" + url + "] is not http://HOST[:PORT]/PATH");
        }
    }

    /** One that sends nothing for half a minute is given up. */
    private static String endpointOf(URI url) {
        String host = url.getHost().replace("[", "").replace("]", "");
        int port = url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
        return "tcp:" + Endpoints.quoteStringArgument(host) + ":" + port + ":timeout=10:idle=30";
    }
}
