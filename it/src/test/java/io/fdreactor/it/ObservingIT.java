// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jars with and without the JDK's modules for recordings and managed beans. */
class ObservingIT {
    private static final String COUNTED = "[turns=";

    /** All that Guava needs; neither jdk.jfr nor java.management. */
    private static final List<String> LEAST = List.of("--limit-modules", "java.base,java.logging");

    @TempDir
    private Path directory;

    private String run(List<String> options, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-cp", classPath(), ObservingMain.class.getName()));
        all.addAll(List.of(arguments));
        Path output = directory.resolve("output");
        int status = Command.run(Command.java(all), output);
        String printed = Files.readString(output);
        assertThat(status).as(printed).isZero();
        return printed;
    }

    private static String classPath() throws Exception {
        Path tests = Path.of(ObservingMain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Stream.concat(Jars.backends(), Stream.of(tests))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private List<RecordedEvent> recorded(Path file) throws Exception {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.fdreactor."))
                .toList();
    }

    @Test
    void aRecordingFromTheCommandLineNamesASlowCallback() throws Exception {
        Path file = directory.resolve("run.jfr");
        run(List.of("-XX:StartFlightRecording:filename=" + file));
        assertThat(recorded(file))
                .extracting(event -> event.getEventType().getName())
                .contains("io.fdreactor.SlowCallback", "io.fdreactor.Turn");
        assertThat(recorded(file)).allMatch(event -> event.getString("reactor").equals("observed"));
    }

    @Test
    void aReactorRunsWithoutRecorderAndBeans() throws Exception {
        assertThat(run(LEAST)).contains(COUNTED);
    }

    @Test
    void whoAsksForBeansIsToldThatThereAreNone() throws Exception {
        assertThat(run(LEAST, "jmx")).contains("[observed]", "java.management", "FDR-JMX-UNAVAILABLE");
        assertThat(run(List.of(), "jmx")).contains(COUNTED);
    }
}
