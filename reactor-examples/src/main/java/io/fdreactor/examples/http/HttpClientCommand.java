// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import io.fdreactor.Reactor;
import io.fdreactor.endpoints.Endpoints;
import io.fdreactor.examples.command.CommandFailed;
import io.fdreactor.examples.command.Printable;
import io.fdreactor.examples.command.ReactorsOption;
import io.fdreactor.group.ReactorGroup;
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
    @Parameters(arity = "1..*", paramLabel = "URL", description = "What to fetch: http://HOST[:PORT]/PATH.")
    private List<String> urls = List.of();

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
        List<HttpUrl> parsed = urls.stream().map(HttpClientCommand::parse).toList();
        try (ReactorGroup group = reactors.open("http-client")) {
            FetchReport tally = new FetchReport(group::stop, System.out, Math.multiplyExact(urls.size(), times));
            Map<String, BlockingDeque<HttpFetch>> waiting = new LinkedHashMap<>();
            for (int i = 0; i < times; i++) {
                for (HttpUrl url : parsed) {
                    waiting.computeIfAbsent(endpointOf(url), endpoint -> new LinkedBlockingDeque<>())
                            .add(new HttpFetch(url, tally));
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
    private static void start(Reactor reactor, int share, Map<String, BlockingDeque<HttpFetch>> waiting) {
        List<ConnectionPool> pools = new ArrayList<>();
        waiting.forEach((endpoint, fetches) ->
                pools.add(new ConnectionPool(reactor, Endpoints.clientFromString(reactor, endpoint), share, fetches)));
        reactor.callFromThread(() -> pools.forEach(ConnectionPool::start));
    }

    private static HttpUrl parse(String url) {
        try {
            return HttpUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, Printable.text(String.valueOf(e.getMessage())));
        }
    }

    /** A server that sends nothing for half a minute is given up. */
    private static String endpointOf(HttpUrl url) {
        return "tcp:" + Endpoints.quoteStringArgument(url.host()) + ":" + url.port() + ":timeout=10:idle=30";
    }
}
