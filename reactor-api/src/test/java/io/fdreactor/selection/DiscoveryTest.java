// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.selection.SelectionReport.Candidate;
import io.fdreactor.selection.SelectionReport.Status;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bad jar, of whatever kind, is named and explained, and takes nothing away from the others. */
class DiscoveryTest {
    private static final int JAVA = Runtime.version().feature();

    @TempDir
    Path directory;

    private ProviderJars jars;

    @BeforeEach
    void begin() throws IOException {
        jars = new ProviderJars(directory);
        jars.provider("before.jar", "Before", "before", 200);
    }

    @AfterEach
    void end() throws IOException {
        jars.close();
    }

    /** The one candidate that isn't well, after a check that those before and behind it are. */
    private Candidate theBroken() throws IOException {
        jars.provider("behind.jar", "Behind", "behind", 100);
        SelectionReport report = report();
        assertThat(report.candidates())
                .filteredOn(candidate -> candidate.status() == Status.AVAILABLE)
                .extracting(Candidate::id)
                .containsExactly("before", "behind");
        assertThat(report.candidates()).hasSize(3);
        Candidate broken = report.candidates().stream()
                .filter(candidate -> candidate.status() != Status.AVAILABLE)
                .findFirst()
                .orElseThrow();
        assertThat(broken.status()).isEqualTo(Status.BROKEN);
        return broken;
    }

    private SelectionReport report() throws IOException {
        return new Selection(List.of(jars.loader()), Request.of(null, null)).report();
    }

    private static void check(Candidate broken, String className, Path jar, String reason) {
        assertThat(broken.provider()).isEqualTo(className);
        assertThat(broken.location()).isEqualTo(jar.toString());
        assertThat(broken.reason()).isEqualTo(reason);
    }

    @Test
    void aClassThatIsMissing() throws IOException {
        Path jar = jars.jar("bad.jar", List.of("com.acme.Missing"), Map.of());

        check(
                theBroken(),
                "com.acme.Missing",
                jar,
                "META-INF/services names this class, but there is none: the jar is incomplete, or its entry is stale");
    }

    @Test
    void aClassForANewerJava() throws IOException {
        Path jar = jars.jar("bad.jar", List.of("com.acme.Newer"), newer("Newer", 99));

        Candidate broken = theBroken();

        check(
                broken,
                "com.acme.Newer",
                jar,
                "needs Java 55 or newer (class file 99), this is Java " + JAVA
                        + ": run on a newer JVM or take the jar off the class path");
        assertThat(broken.cause()).isInstanceOf(UnsupportedClassVersionError.class);
    }

    @Test
    void aConstructorThatThrows() throws IOException {
        Path jar =
                jars.provider("bad.jar", "Bad", "bad", 300, "{ if (true) throw new IllegalStateException(\"boom\"); }");

        Candidate broken = theBroken();

        check(broken, "com.acme.Bad", jar, "its constructor failed: java.lang.IllegalStateException: boom");
        assertThat(broken.cause()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStaticInitialiserThatThrowsTellsItsReasonTheSecondTimeToo() throws IOException {
        Path jar = jars.provider(
                "bad.jar", "Bad", "bad", 300, "static { if (true) throw new IllegalStateException(\"boom\"); }");
        jars.provider("behind.jar", "Behind", "behind", 100);
        ClassLoader loader = jars.loader();

        Candidate first = brokenOf(new Selection(List.of(loader), Request.of(null, null)));
        Candidate second = brokenOf(new Selection(List.of(loader), Request.of(null, null)));

        check(first, "com.acme.Bad", jar, "its static initialiser failed: java.lang.IllegalStateException: boom");
        assertThat(second.provider()).isEqualTo("com.acme.Bad");
        assertThat(second.reason())
                .startsWith("its static initialiser has failed before")
                .contains("java.lang.IllegalStateException: boom");
    }

    private static Candidate brokenOf(Selection selection) {
        return selection.report().candidates().stream()
                .filter(candidate -> candidate.status() == Status.BROKEN)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSuperclassThatIsMissing() throws IOException {
        Map<String, byte[]> classes = ProviderJars.compile(
                "package com.acme; public abstract class Base extends io.fdreactor.selection.StubProvider {"
                        + " Base() { super(\"bad\", 300); } }",
                "package com.acme; public class Bad extends Base {}");
        classes.remove("com/acme/Base.class");
        Path jar = jars.jar("bad.jar", List.of("com.acme.Bad"), classes);

        check(
                theBroken(),
                "com.acme.Bad",
                jar,
                "it needs the class [com.acme.Base], which isn't there: add the jar that has it");
    }

    @Test
    void twoErrorsWithoutANameFindTheirOwners() throws IOException {
        Map<String, byte[]> classes = ProviderJars.compile(
                "package com.acme; public abstract class Base extends io.fdreactor.selection.StubProvider {"
                        + " Base() { super(\"bad\", 300); } }",
                "package com.acme; public class One extends Base {}",
                "package com.acme; public class Two extends Base {}");
        classes.remove("com/acme/Base.class");
        jars.jar("bad.jar", List.of("com.acme.One", "com.acme.Two # and no more"), classes);

        assertThat(report().candidates())
                .filteredOn(candidate -> candidate.status() == Status.BROKEN)
                .extracting(Candidate::provider)
                .containsExactly("com.acme.One", "com.acme.Two");
    }

    @Test
    void aClassThatIsNoProvider() throws IOException {
        Path jar = jars.jar(
                "bad.jar", List.of("com.acme.Bad"), ProviderJars.compile("package com.acme; public class Bad {}"));

        check(
                theBroken(),
                "com.acme.Bad",
                jar,
                "it isn't a ReactorProvider of ours: its jar was built for another version, or brings its own");
    }

    @Test
    void aProviderOfAnOlderInterface() throws IOException {
        Path jar = jars.provider(
                "bad.jar", "Bad", "bad", 300, "public String id() { throw new NoSuchMethodError(\"gone\"); }");

        check(
                theBroken(),
                "com.acme.Bad",
                jar,
                "id() failed: it doesn't fit the other jars (java.lang.NoSuchMethodError: gone): use versions that belong"
                        + " together");
    }

    @Test
    void aServiceFileThatCantBeParsed() throws IOException {
        Path jar = jars.jar("bad.jar", List.of("no class name"), Map.of());

        Candidate broken = theBroken();

        assertThat(broken.provider()).isNull();
        assertThat(broken.reason()).contains(jar.toString()).endsWith(":1: Illegal configuration-file syntax");
    }

    @Test
    void aLoaderThatFailsForEver() {
        ClassLoader failing = new ClassLoader(null) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                throw new IOException("unplugged");
            }
        };

        SelectionReport report = new Selection(List.of(failing), Request.of(null, null)).report();

        assertThat(report.candidates()).hasSize(1);
        assertThat(report.candidates().get(0).reason()).contains("unplugged");
    }

    @Test
    void theEndOfTheVirtualMachineIsNotSurvived() throws IOException {
        jars.provider("bad.jar", "Bad", "bad", 300, "{ if (true) throw new OutOfMemoryError(\"really\"); }");

        assertThatThrownBy(this::report).isInstanceOf(OutOfMemoryError.class).hasMessage("really");
    }

    @Test
    void aStackOverflowIs() throws IOException {
        jars.provider("bad.jar", "Bad", "bad", 300, "public String id() { return id(); }");

        assertThat(theBroken().reason()).isEqualTo("id() failed: java.lang.StackOverflowError");
    }

    @Test
    void anIdThatIsNone() throws IOException {
        Path jar = jars.provider("bad.jar", "Bad", "Bad Id", 300);

        check(theBroken(), "com.acme.Bad", jar, "its id [Bad Id] isn't made of lower-case letters, digits and hyphens");
    }

    @Test
    void answersThatAreNone() throws IOException {
        jars.provider("a.jar", "A", "a", 300, "public String id() { return null; }");
        jars.provider("b.jar", "B", "b", 300, "public int priority() { throw new IllegalStateException(\"how\"); }");
        jars.provider("c.jar", "C", "c", 300, "public java.util.Set<Capability> capabilities() { return null; }");
        jars.provider("d.jar", "D", "d", 300, "public Availability availability() { return null; }");
        jars.provider("e.jar", "E", "e", 300, "public Availability availability() { throw new LinkageError(\"so\"); }");
        jars.provider("f.jar", "F", "", 300);

        assertThat(report().candidates())
                .filteredOn(candidate -> candidate.status() == Status.BROKEN)
                .extracting(candidate -> candidate.provider() + " " + candidate.id() + ": " + candidate.reason())
                .containsExactly(
                        "com.acme.D d: availability() returned null",
                        "com.acme.E e: availability() failed: it doesn't fit the other jars (java.lang.LinkageError: so):"
                                + " use versions that belong together",
                        "com.acme.B b: priority() failed: java.lang.IllegalStateException: how",
                        "com.acme.C c: capabilities() returned null",
                        "com.acme.A null: id() returned null",
                        "com.acme.F null: its id [] isn't made of lower-case letters, digits and hyphens");
    }

    @Test
    void theSecondCopyOfAClassIsShadowed() throws IOException {
        Path first = jars.provider("ring-1.jar", "Ring", "ring", 300);
        Path second = jars.provider("ring-2.jar", "Ring", "ring", 300);

        SelectionReport report = report();

        assertThat(report.winner().location()).isEqualTo(first.toString());
        Candidate shadowed = report.candidates().get(1);
        assertThat(shadowed.status()).isEqualTo(Status.SHADOWED);
        assertThat(shadowed.id()).isEqualTo("ring");
        assertThat(shadowed.location()).isEqualTo(second.toString());
        assertThat(shadowed.reason())
                .isEqualTo("the same class is in " + first
                        + ", which comes first and is used: take one of the two off the class path");
        assertThat(report.candidates()).hasSize(3);
    }

    @Test
    void twoClassesWithOneIdMakeThatIdUnusableAndNoOther() throws IOException {
        Path one = jars.provider("one.jar", "One", "ring", 300);
        Path two = jars.provider("two.jar", "Two", "ring", 400);

        SelectionReport report = report();

        assertThat(report.winner().id()).isEqualTo("before");
        String reason = "[ring] is claimed by com.acme.One in " + one + " and com.acme.Two in " + two
                + ": take all but one of them off the class path";
        assertThat(report.candidates())
                .filteredOn(candidate -> candidate.status() == Status.CONFLICT)
                .extracting(Candidate::reason)
                .containsExactly(reason, reason);
        Selection asked = new Selection(List.of(jars.loader()), Request.byProgram("ring"));
        assertThatThrownBy(asked::choose)
                .isInstanceOf(NoReactor.class)
                .hasMessageContaining("[ring] was asked for by the program, but several classes claim that id")
                .hasMessageContaining(reason);
    }

    @Test
    void whatIsWrongIsLoggedOnce() throws IOException {
        jars.provider("once.jar", "Once", "once", 300, "{ if (true) throw new IllegalStateException(\"boom\"); }");
        List<String> warnings = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (record.getLevel().equals(Level.WARNING)) {
                    warnings.add(new SimpleFormatter().formatMessage(record));
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("io.fdreactor");
        logger.addHandler(handler);
        try {
            report();
            report();
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(warnings)
                .containsExactly("BROKEN backend provider com.acme.Once in " + directory.resolve("once.jar")
                        + ": its constructor failed: java.lang.IllegalStateException: boom");
    }

    private static Map<String, byte[]> newer(String name, int major) {
        Map<String, byte[]> classes = ProviderJars.compile(ProviderJars.source(name, "newer", 300));
        classes.values().forEach(bytes -> {
            bytes[6] = (byte) (major >> 8);
            bytes[7] = (byte) major;
        });
        return classes;
    }
}
