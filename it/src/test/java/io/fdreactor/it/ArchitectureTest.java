// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The picture of the modules, and what may show in a signature. */
class ArchitectureTest {
    private static final List<String> API =
            List.of("io.fdreactor", "io.fdreactor.net", "io.fdreactor.selection", "io.fdreactor.spi");
    private static final List<String> CORE = plus(API, "io.fdreactor.core", "io.fdreactor.core.spi");
    private static final List<String> POSIX = plus(CORE, "io.fdreactor.posix", "io.fdreactor.posix.libc");

    /** What authors of backends use of the contract; its rules and their parts are its own. */
    private static final String[] TCK = {
        "io.fdreactor.tck",
        "io.fdreactor.tck.context",
        "io.fdreactor.tck.contract",
        "io.fdreactor.tck.fixture",
        "io.fdreactor.tck.report"
    };

    private static final String AUTO_SERVICE = "com.google.auto.service..";

    /** A module, its packages, and the packages of other modules that it may know. */
    private record Arrow(String module, String packages, List<String> targets) {
        @Override
        public String toString() {
            return module;
        }
    }

    static final List<Arrow> ARROWS = List.of(
            new Arrow("reactor-api", "io.fdreactor..", List.of()),
            new Arrow("reactor-group", "io.fdreactor.group..", API),
            new Arrow(
                    "reactor-core",
                    "io.fdreactor.core..",
                    plus(API, "io.fdreactor.internal", "com.google.common..", "javax.management..", "jdk.jfr..")),
            new Arrow("reactor-posix", "io.fdreactor.posix..", plus(CORE, "io.fdreactor.internal", "com.sun.jna..")),
            new Arrow("reactor-jna", "io.fdreactor.jna..", List.of("io.fdreactor.posix.internal")),
            new Arrow("reactor-epoll", "io.fdreactor.epoll..", plus(POSIX, AUTO_SERVICE)),
            new Arrow("reactor-poll", "io.fdreactor.poll..", plus(POSIX, AUTO_SERVICE)),
            new Arrow("reactor-select", "io.fdreactor.select..", plus(CORE, AUTO_SERVICE)),
            new Arrow("reactor-protocols", "io.fdreactor.protocols..", API),
            new Arrow("reactor-endpoints", "io.fdreactor.endpoints..", plus(API, "io.fdreactor.group")),
            new Arrow(
                    "reactor-tck",
                    "io.fdreactor.tck..",
                    plus(API, "com.sun.management", "org.junit..", "org.opentest4j..")),
            new Arrow(
                    "reactor-tck-posix",
                    "io.fdreactor.tck.posix..",
                    plus(plus(POSIX, TCK), "org.junit..", "org.opentest4j..")),
            new Arrow(
                    "reactor-tck-cli",
                    "io.fdreactor.tck.cli..",
                    plus(plus(API, TCK), "io.fdreactor.tck.posix", "org.junit.platform..", "picocli..")),
            new Arrow("reactor-adapters", "io.fdreactor.adapters..", API),
            new Arrow(
                    "reactor-examples",
                    "io.fdreactor.examples..",
                    plus(API, "io.fdreactor.protocols", "io.fdreactor.endpoints", "io.fdreactor.group", "picocli..")));

    private static List<String> plus(List<String> packages, String... more) {
        return Stream.concat(packages.stream(), Stream.of(more)).toList();
    }

    /** What users would be tied to if it showed. {@code sun} is the JDK's inside, NIO's included. */
    private static final List<String> PRIVATE_AFFAIRS = List.of("com.google.", "com.sun.", "sun.", "jdk.");

    private static final Map<String, JavaClasses> CLASSES =
            Jars.MODULES.stream().collect(Collectors.toMap(module -> module, module -> load(List.of(Jars.of(module)))));
    private static final JavaClasses ALL =
            load(Jars.MODULES.stream().map(Jars::of).toList());

    private static JavaClasses load(List<Path> jars) {
        List<Location> locations = jars.stream()
                .map(jar -> Location.of(URI.create("jar:" + jar.toUri() + "!/")))
                .toList();
        return new ClassFileImporter().importLocations(locations);
    }

    @Test
    void everyModuleHasItsArrows() {
        assertThat(ARROWS).extracting(Arrow::module).containsExactlyElementsOf(Jars.MODULES);
    }

    @ParameterizedTest
    @FieldSource("ARROWS")
    void aModuleKnowsOnlyThoseItHasAnArrowTo(Arrow arrow) {
        String[] known = plus(arrow.targets(), arrow.packages(), "java..", "org.jspecify..")
                .toArray(String[]::new);
        JavaClasses all = CLASSES.get(arrow.module());
        assumeTrue(!all.isEmpty(), arrow.module() + " has no classes yet");
        classes()
                .should()
                .resideInAPackage(arrow.packages())
                .andShould()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(known)
                .check(all);
    }

    @Test
    void theApiKnowsNothingOfItsImplementations() {
        classes()
                .should()
                .resideInAnyPackage(plus(API, "io.fdreactor.internal").toArray(String[]::new))
                .check(CLASSES.get("reactor-api"));
    }

    @Test
    void jnaStaysInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.fdreactor.posix.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(ALL);
    }

    @Test
    void packagesAreFreeOfCycles() {
        SliceAssignment byPackage = new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
        slices().assignedFrom(byPackage).should().beFreeOfCycles().check(ALL);
    }

    @Test
    void signaturesShowNobodysPrivateAffairs() {
        classes().that().arePublic().should(new ShowNoPrivateAffairs()).check(ALL);
    }

    /** In a supertype, a field, a parameter, a result, a declared exception, or a type argument of one. */
    private static final class ShowNoPrivateAffairs extends ArchCondition<JavaClass> {
        ShowNoPrivateAffairs() {
            super("show no type of " + PRIVATE_AFFAIRS);
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            if (isInternal(type)) {
                return;
            }
            Map<String, Stream<JavaType>> shown = new TreeMap<>();
            shown.put(type.getName(), Stream.concat(type.getInterfaces().stream(), type.getSuperclass().stream()));
            for (JavaField field : visible(type.getFields())) {
                shown.put(field.getFullName(), Stream.of(field.getType()));
            }
            for (JavaCodeUnit unit : visible(type.getCodeUnits())) {
                shown.put(
                        unit.getFullName(),
                        Stream.of(
                                        unit.getParameterTypes().stream(),
                                        Stream.of(unit.getReturnType()),
                                        unit.getExceptionTypes().stream())
                                .flatMap(types -> types));
            }
            shown.forEach((name, types) -> types.flatMap(it -> it.getAllInvolvedRawTypes().stream())
                    .map(JavaClass::getBaseComponentType)
                    .filter(it -> PRIVATE_AFFAIRS.stream().anyMatch(it.getName()::startsWith))
                    .forEach(it -> events.add(
                            SimpleConditionEvent.violated(type, "[" + name + "] shows [" + it.getName() + "]"))));
        }

        private static boolean isInternal(JavaClass type) {
            return type.getPackageName().contains(".internal");
        }

        private static <M extends JavaMember> List<M> visible(Set<M> members) {
            return members.stream()
                    .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC)
                            || member.getModifiers().contains(JavaModifier.PROTECTED))
                    .toList();
        }
    }
}
