// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Who compiles against the api gets JSpecify with it, and nothing else. */
class ApiDependenciesTest {
    @Test
    void theModuleNeedsJavaAndAtCompileTimeJspecify() {
        var descriptor = ModuleFinder.of(Jars.of("reactor-api"))
                .find("io.fdreactor.api")
                .orElseThrow()
                .descriptor();

        assertThat(descriptor.requires()).extracting(Requires::name).containsOnly("java.base", "org.jspecify");
        assertThat(descriptor.requires())
                .filteredOn(it -> it.name().equals("org.jspecify"))
                .allMatch(it -> it.modifiers().contains(Requires.Modifier.STATIC));
    }

    @Test
    void thePomAsksForJspecifyAlone() throws Exception {
        List<String> needed = dependenciesOutsideTests(Jars.ROOT.resolve("reactor-api/pom.xml"));
        needed.addAll(dependenciesOutsideTests(Jars.ROOT.resolve("pom.xml")));

        assertThat(needed).containsExactly("org.jspecify:jspecify");
    }

    /** Modules that see the api, or what sees it alone, so that they run on every backend and bring none. */
    @ParameterizedTest
    @CsvSource({"protocols, api", "group, api", "endpoints, api group"})
    void whatBuildsOnTheApiBringsNoBackend(String module, String needed) throws Exception {
        List<String> modules = List.of(needed.split(" "));
        var descriptor = ModuleFinder.of(Jars.of("reactor-" + module))
                .find("io.fdreactor." + module)
                .orElseThrow()
                .descriptor();

        assertThat(descriptor.requires())
                .filteredOn(it -> !it.modifiers().contains(Requires.Modifier.STATIC))
                .extracting(Requires::name)
                .hasSameElementsAs(
                        Stream.concat(Stream.of("java.base"), modules.stream().map(it -> "io.fdreactor." + it))
                                .toList());
        assertThat(dependenciesOutsideTests(Jars.ROOT.resolve("reactor-" + module + "/pom.xml")))
                .containsExactlyElementsOf(modules.stream()
                        .map(it -> "io.fdreactor:fdreactor-" + it)
                        .toList());
    }

    private static List<String> dependenciesOutsideTests(Path pom) throws Exception {
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(pom.toFile())
                .getDocumentElement();
        List<String> needed = new ArrayList<>();
        for (Element dependencies : children(project, "dependencies")) {
            for (Element dependency : children(dependencies, "dependency")) {
                if (!text(dependency, "scope").equals("test")) {
                    needed.add(text(dependency, "groupId") + ":" + text(dependency, "artifactId"));
                }
            }
        }
        return needed;
    }

    private static String text(Element parent, String name) {
        return children(parent, name).stream()
                .map(element -> element.getTextContent().strip())
                .findFirst()
                .orElse("");
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
