package org.anquan.exchange.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.anquan.problem.ProblemException;

/**
 * Pull parsing of XML from outside: the JDK's own parser whatever else is on the class path, no document type, no
 * entities but the five of XML, no tag longer than {@link #LONGEST_TAG_BYTES}, depth and text lengths counted.
 */
final class Xml implements AutoCloseable {
    private static final int LONGEST_TAG_BYTES = 1 << 20;
    private static final XMLInputFactory FACTORY = factory();

    private final InputStream in;
    private final XMLStreamReader reader;
    private final FormatLimits limits;
    private final String fileName;
    private int depth;

    Xml(InputStream in, FormatLimits limits, String fileName) throws IOException {
        this.in = in;
        this.limits = limits;
        this.fileName = fileName;
        try {
            reader = FACTORY.createXMLStreamReader(new TagGuard(in, fileName));
        } catch (XMLStreamException | RuntimeException e) {
            in.close();
            throw broken(fileName, e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> InputStream.nullInputStream());
        return factory;
    }

    /** The next event; a document type is refused. */
    int next() {
        try {
            int event = reader.next();
            if (event == XMLStreamReader.START_ELEMENT && ++depth > limits.maxDepth())
                throw ProblemException.invalid("exchange.format.deep", fileName, limits.maxDepth());
            if (event == XMLStreamReader.END_ELEMENT) depth--;
            if (event == XMLStreamReader.DTD || event == XMLStreamReader.ENTITY_REFERENCE)
                throw ProblemException.invalid("exchange.format.doctype", fileName);
            return event;
        } catch (XMLStreamException | RuntimeException e) {
            throw broken(fileName, e);
        }
    }

    private static ProblemException broken(String fileName, Exception e) {
        if (e instanceof ProblemException problem) return problem;
        if (e.getCause() instanceof ProblemException problem) return problem;
        if (e instanceof XMLStreamException xml && xml.getNestedException() instanceof ProblemException problem)
            return problem;
        int line = e instanceof XMLStreamException x && x.getLocation() != null
                ? x.getLocation().getLineNumber()
                : 0;
        return ProblemException.invalid("exchange.format.xml", fileName, Math.max(0, line))
                .causedBy(e);
    }

    boolean hasNext() {
        try {
            return reader.hasNext();
        } catch (XMLStreamException e) {
            throw broken(fileName, e);
        }
    }

    /** Name of the present element, without its prefix. */
    String name() {
        return reader.getLocalName();
    }

    /** Value of an attribute without regard to its namespace, or empty. */
    String attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++)
            if (reader.getAttributeLocalName(i).equals(name)) return reader.getAttributeValue(i);
        return "";
    }

    /** All text of the present element and those inside, up to its end. */
    String text() {
        StringBuilder out = new StringBuilder();
        int open = 1;
        while (open > 0 && hasNext()) {
            int event = next();
            if (event == XMLStreamReader.START_ELEMENT) open++;
            else if (event == XMLStreamReader.END_ELEMENT) open--;
            else if (event == XMLStreamReader.CHARACTERS
                    || event == XMLStreamReader.CDATA
                    || event == XMLStreamReader.SPACE) append(out);
        }
        return out.toString();
    }

    void append(StringBuilder out) {
        if (out.length() + reader.getTextLength() > limits.maxFieldChars())
            throw ProblemException.invalid("exchange.format.longText", fileName, limits.maxFieldChars());
        out.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
    }

    /** Passes over the present element with all inside. */
    void skip() {
        int open = 1;
        while (open > 0 && hasNext()) {
            int event = next();
            if (event == XMLStreamReader.START_ELEMENT) open++;
            else if (event == XMLStreamReader.END_ELEMENT) open--;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        } finally {
            in.close();
        }
    }

    /** Ends the reading of a tag, which a parser holds in memory whole, before it fills that memory. */
    private static final class TagGuard extends FilterInputStream {
        private final String fileName;
        private int inTag = -1;

        TagGuard(InputStream in, String fileName) {
            super(in);
            this.fileName = fileName;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            if (one >= 0) watch((byte) one);
            return one;
        }

        @Override
        public int read(byte[] to, int from, int count) throws IOException {
            int read = super.read(to, from, count);
            for (int i = from; i < from + read; i++) watch(to[i]);
            return read;
        }

        private void watch(byte b) {
            if (b == '<') inTag = 0;
            else if (b == '>') inTag = -1;
            else if (inTag >= 0 && ++inTag > LONGEST_TAG_BYTES)
                throw ProblemException.invalid("exchange.format.longTag", fileName, LONGEST_TAG_BYTES);
        }
    }
}
