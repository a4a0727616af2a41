// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorException;
import io.fdreactor.group.ReactorGroup;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prefixes that other jars bring, whatever state those are in. */
class ParsersTest {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final Reactor reactor = new FakeTcp().reactor();

    @TempDir
    Path directory;

    /** A parser as another jar would bring it. */
    public static class Memory implements StreamServerEndpointParser {
        @Override
        public String prefix() {
            return "memory";
        }

        @Override
        public List<String> keys() {
            return List.of("name");
        }

        @Override
        public StreamServerEndpoint parse(Reactor reactor, EndpointArguments arguments) {
            EndpointArgument name = arguments.required("name");
            if (name.text().length() > 3) {
                throw name.wrong("has at most three letters");
            }
            return factory -> new CompletableFuture<>();
        }
    }

    /** Another with the same prefix. */
    public static final class Rival extends Memory {}

    /** One that wants what is built in. */
    public static final class Usurper extends Memory {
        @Override
        public String prefix() {
            return "tcp";
        }
    }

    /** One that can't be made. */
    public static final class Broken extends Memory {
        public Broken() {
            throw new IllegalStateException("no luck");
        }
    }

    /** One that doesn't know itself. */
    public static final class Clueless extends Memory {
        @Override
        public String prefix() {
            throw new IllegalStateException("which?");
        }
    }

    @AfterEach
    void putBack() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private void registered(String... providers) throws Exception {
        Path file = directory.resolve("META-INF/services/" + StreamServerEndpointParser.class.getName());
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", providers));
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[] {url(directory)}, before));
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    @Test
    void aParserThatIsMadeForOneReactorRefusesAGroup() {
        EndpointArguments arguments =
                new EndpointArguments("memory:a", EndpointString.parse("memory:a"), List.of("name"));
        assertThatThrownBy(() -> new Memory().parse((ReactorGroup) null, arguments))
                .isInstanceOf(ReactorException.class)
                .hasMessageContaining("[memory:a]")
                .hasMessageContaining("[FDR-NO-FACET]");
    }

    @Test
    void aPrefixThatAJarBringsIsKnown() throws Exception {
        registered(Memory.class.getName());
        assertThat(Endpoints.serverFromString(reactor, "memory:abc")).isNotNull();
        assertThatThrownBy(() -> Endpoints.serverFromString(reactor, "memory:abcd"))
                .hasMessageContaining("\n           ^^^^\nname has at most three letters, not [abcd]");
        assertThatThrownBy(() -> Endpoints.serverFromString(reactor, "memory:abc:nane=abc"))
                .hasMessageContaining("there is no key [nane] here: did you mean [name]?; the keys are name");
        assertThatThrownBy(() -> Endpoints.clientFromString(reactor, "memory:abc"))
                .hasMessageContaining("the prefixes are tcp");
    }

    @Test
    void brokenOnesTakeNothingAwayAndAreNamedWhereTheyMayBeMissed() throws Exception {
        registered(Broken.class.getName(), "com.acme.Gone", Clueless.class.getName(), Memory.class.getName());
        assertThat(Endpoints.serverFromString(reactor, "tcp:80")).isNotNull();
        assertThat(Endpoints.serverFromString(reactor, "memory:abc")).isNotNull();
        assertThatThrownBy(() -> Endpoints.serverFromString(reactor, "memry:abc"))
                .hasMessageContaining(
                        "there is no prefix [memry] here: did you mean [memory]?; the prefixes are tcp, memory\n")
                .hasMessageContaining("a parser that can't be used: " + Broken.class.getName() + " in ")
                .hasMessageContaining("its constructor failed: java.lang.IllegalStateException: no luck")
                .hasMessageContaining("a parser that can't be used: com.acme.Gone in " + directory
                        + ": META-INF/services" + " names this class, but there is none")
                .hasMessageContaining("prefix() failed: java.lang.IllegalStateException: which?");
    }

    @Test
    void aPrefixThatTwoClaimIsNobodys() throws Exception {
        registered(Memory.class.getName(), Rival.class.getName());
        assertThatThrownBy(() -> Endpoints.serverFromString(reactor, "memory:abc"))
                .hasMessageContaining("the prefix [memory] is claimed by " + Memory.class.getName() + " and "
                        + Rival.class.getName() + ": take all but one of them off the class path");
    }

    @Test
    void whatIsBuiltInIsNotReplaced() throws Exception {
        registered(Usurper.class.getName());
        assertThat(Endpoints.serverFromString(reactor, "tcp:80").listen(peer -> null))
                .isCompleted();
    }
}
