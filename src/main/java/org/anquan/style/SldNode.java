package org.anquan.style;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An element of an SLD file with its line, so that a mistake can be found. Namespaces are told by the local names. */
final class SldNode {
    /** Deeper than any style that people write. */
    private static final int DEEPEST = 60;

    private final String name;
    private final int line;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<SldNode> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private SldNode(String name, int line) {
        this.name = name;
        this.line = line;
    }

    String name() {
        return name;
    }

    int line() {
        return line;
    }

    List<SldNode> children() {
        return children;
    }

    String text() {
        return text.toString().strip();
    }

    String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    Optional<SldNode> child(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).findFirst();
    }

    List<SldNode> children(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }

    /** Without document types and entities: a style needs none, and they can read files and fill the memory. */
    static SldNode read(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_COALESCING, Boolean.TRUE);
        XMLStreamReader reader = factory.createXMLStreamReader(in);
        List<SldNode> open = new ArrayList<>();
        SldNode root = null;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    SldNode node = new SldNode(
                            reader.getLocalName(), reader.getLocation().getLineNumber());
                    for (int i = 0; i < reader.getAttributeCount(); i++)
                        node.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
                    if (root == null) root = node;
                    else open.get(open.size() - 1).children.add(node);
                    open.add(node);
                    if (open.size() > DEEPEST)
                        throw new XMLStreamException(
                                "more than " + DEEPEST + " elements within each other", reader.getLocation());
                }
                case XMLStreamConstants.END_ELEMENT -> open.remove(open.size() - 1);
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!open.isEmpty()) open.get(open.size() - 1).text.append(reader.getText());
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XMLStreamException("a style has no DOCTYPE and no entities", reader.getLocation());
                default -> {
                    // comments and blanks
                }
            }
        }
        if (root == null) throw new XMLStreamException("no element");
        return root;
    }
}
