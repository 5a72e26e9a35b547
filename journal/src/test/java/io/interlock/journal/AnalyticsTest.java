package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.testing.Projects;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Chronicle's analytics, which tell a server on the internet that somebody uses it, are not here, and are not with
 * those who use a journal.
 *
 * <p>A user's Maven reads the POM of this module, and its parent for what that manages. The exclusion stands in the
 * parent's {@code dependencyManagement}, with {@code chronicle-queue}. Maven adds what is managed to a direct
 * dependency of this module that states no exclusion itself. Then it holds for everything below that dependency, also
 * where this module is itself a dependency of others. So it is enough that the exclusion stands there, and that this
 * module states {@code chronicle-queue} directly and nothing else of Chronicle, by which the jar could come in beside
 * it.
 */
class AnalyticsTest {

    private static final String GROUP = "net.openhft";

    @Test
    void areNotOnTheClassPath() {
        for (String name : List.of("net.openhft.chronicle.analytics.Analytics",
                "net.openhft.chronicle.analytics.internal.GoogleAnalytics4")) {
            assertThrows(ClassNotFoundException.class, () -> Class.forName(name), name);
        }
        for (String property : List.of("java.class.path", "surefire.test.class.path")) {
            for (String entry : System.getProperty(property, "").split(File.pathSeparator)) {
                assertFalse(Path.of(entry).toString().contains("analytics"), entry);
            }
        }
    }

    @Test
    void areExcludedByTheParent() throws Exception {
        List<Element> managed = dependencies(parse("pom.xml"), "dependencyManagement");
        Element queue = only(managed, "chronicle-queue");
        NodeList exclusions = queue.getElementsByTagName("exclusion");
        Set<String> excluded = new TreeSet<>();
        for (int i = 0; i < exclusions.getLength(); i++) {
            Element exclusion = (Element) exclusions.item(i);
            excluded.add(text(exclusion, "groupId") + ":" + text(exclusion, "artifactId"));
        }
        assertEquals(Set.of("net.openhft:chronicle-analytics", "com.github.jnr:jnr-ffi"), excluded);
    }

    /** With it each JVM would unpack a native library, which a killed one leaves behind. */
    @Test
    void nothingElseIsThereThatUnpacksANativeLibraryForChronicle() {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("jnr.ffi.Platform"));
    }

    @Test
    void comeInByNothingElse() throws Exception {
        Document module = parse("journal/pom.xml");
        assertEquals("interlock-parent", text((Element) module.getElementsByTagName("parent").item(0), "artifactId"));
        List<Element> ofChronicle = dependencies(module, "project").stream().filter(element -> text(element, "groupId")
                .equals(GROUP)).toList();
        Element queue = only(ofChronicle, "chronicle-queue");
        assertEquals(1, ofChronicle.size());
        assertEquals(0, queue.getElementsByTagName("exclusions").getLength(),
                "stated here they would replace the managed");
        for (String below : List.of("core/pom.xml", "sync/pom.xml", "ipc-memory/pom.xml")) {
            assertTrue(dependencies(parse(below), "project").stream().noneMatch(element -> text(element, "groupId")
                    .equals(GROUP)), below);
        }
    }

    private static Document parse(String pom) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Projects.root().resolve(pom).toFile());
    }

    /** The dependencies that stand directly in the {@code dependencies} of such an element. */
    private static List<Element> dependencies(Document pom, String parent) {
        List<Element> found = new ArrayList<>();
        NodeList all = pom.getElementsByTagName("dependency");
        for (int i = 0; i < all.getLength(); i++) {
            Node in = all.item(i).getParentNode().getParentNode();
            if (in.getNodeName().equals(parent)) {
                found.add((Element) all.item(i));
            }
        }
        return found;
    }

    private static Element only(List<Element> dependencies, String artifact) {
        List<Element> found = dependencies.stream().filter(element -> text(element, "artifactId").equals(artifact))
                .toList();
        assertEquals(1, found.size(), artifact);
        return found.get(0);
    }

    private static String text(Element element, String name) {
        return element.getElementsByTagName(name).item(0).getTextContent().strip();
    }
}
