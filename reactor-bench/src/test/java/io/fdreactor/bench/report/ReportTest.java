// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.bench.harness.Figure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ReportTest {
    private static final List<Figure> FIGURES = List.of(
            event("n=100", "C epoll", Figure.NATIVE, 800),
            event("n=1000", "C epoll", Figure.NATIVE, 1_000),
            event("n=9000", "C epoll", Figure.NATIVE, 2_000),
            event("n=100", "Netty epoll", "17", 1_000),
            event("n=9000", "Netty epoll", "17", 2_500),
            event("n=100", "Netty epoll", "25", 900),
            event("n=1000, sockets", "Netty epoll", "25", 9_999),
            event("n=9000", "Netty epoll", "25", 0));

    @TempDir
    Path docs;

    @Test
    void tablesReplaceWhatStandsBetweenTheirMarkersAndNothingElse() throws Exception {
        Path document = docs.resolve("performance.md");
        Files.writeString(
                document,
                "# Prose\n\n<!-- figures fd-set -->\nold\n<!-- end -->\nmore\n<!-- figures echo -->\nkept\n<!-- end -->\n");

        Report.write(FIGURES, docs);

        assertThat(Files.readString(document))
                .startsWith("# Prose\n\n<!-- figures fd-set -->\n\n| event, ns | n=100 | n=1000 | n=9000 |")
                .contains("\n| Netty epoll, JDK 17 | 1,000 |  | 2,500 |  |\n")
                .endsWith("\n\n<!-- end -->\nmore\n<!-- figures echo -->\nkept\n<!-- end -->\n");
    }

    @Test
    void writingTwiceChangesNothing() throws Exception {
        Path document = docs.resolve("performance.md");
        Files.writeString(document, "<!-- figures fd-set -->\n<!-- end -->\n");
        Report.write(FIGURES, docs);
        String once = Files.readString(document);

        Report.write(FIGURES, docs);

        assertThat(Files.readString(document)).isEqualTo(once);
    }

    @Test
    void aPlaceWithoutAnEndIsAnError() {
        assertThatThrownBy(() -> Document.withTables("<!-- figures fd-set -->\nprose", FIGURES))
                .hasMessageContaining("[fd-set]");
    }

    @Test
    void aPlotHasALineForEachContenderOnEachJdk() throws Exception {
        Files.writeString(docs.resolve("performance.md"), "");
        Report.write(FIGURES, docs);

        Element svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(docs.resolve("performance/fd-set-event.svg").toFile())
                .getDocumentElement();

        NodeList lines = svg.getElementsByTagName("polyline");
        assertThat(lines.getLength()).isEqualTo(3);
        Element c = (Element) lines.item(0);
        Element netty17 = (Element) lines.item(1);
        Element netty25 = (Element) lines.item(2);
        assertThat(c.getAttribute("points").split(" ")).hasSize(3);
        assertThat(netty17.getAttribute("points").split(" ")).hasSize(2);
        // Neither the cell of another load nor what a logarithm can't show.
        assertThat(netty25.getAttribute("points").split(" ")).hasSize(1);
        assertThat(netty25.getAttribute("stroke"))
                .isEqualTo(netty17.getAttribute("stroke"))
                .isNotEqualTo(c.getAttribute("stroke"));
        assertThat(netty25.getAttribute("stroke-dasharray")).isNotEqualTo(netty17.getAttribute("stroke-dasharray"));
    }

    @Test
    void anAxisIsMarkedAtRoundValuesWithinIt() {
        LogAxis axis = LogAxis.over(List.of(100.0, 9_000.0), 0, 300);

        assertThat(axis.marks()).containsExactly(100.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0);
        assertThat(axis.pixel(1_000)).isBetween(axis.pixel(100), axis.pixel(9_000));
        assertThat(LogAxis.text(10_000)).isEqualTo("10,000");
        assertThat(LogAxis.text(0.95)).isEqualTo("0.95");
    }

    private static Figure event(String cell, String who, String jdk, double value) {
        return new Figure("fd-set", cell, who, jdk, "event", value, "ns");
    }
}
