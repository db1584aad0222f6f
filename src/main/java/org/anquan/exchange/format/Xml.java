package org.anquan.exchange.format;

import java.io.BufferedInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.anquan.problem.ProblemException;

/**
 * Pull parsing of XML from outside: the JDK's own parser whatever else is on the class path, no document type, no
 * entities but the five of XML, no tag longer than {@link #LONGEST_TAG_CHARS}, depth and text lengths counted.
 */
final class Xml implements AutoCloseable {
    private static final int LONGEST_TAG_CHARS = 1 << 20;
    private static final int HEAD_BYTES = 200;
    private static final Pattern DECLARATION =
            Pattern.compile("^\\s*<\\?xml[^>]*encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)");
    private static final XMLInputFactory FACTORY = factory();

    private final Reader in;
    private final XMLStreamReader reader;
    private final FormatLimits limits;
    private final String fileName;
    private int depth;

    /** @param in decoded; the parser's own decoder prints to the console and stops at the first wrong byte */
    Xml(Reader in, FormatLimits limits, String fileName) throws IOException {
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

    /** Decoded as the byte order mark or the declaration says, else as UTF-8; what is wrong becomes U+FFFD. */
    static Xml of(InputStream raw, FormatLimits limits, String fileName) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
        try {
            in.mark(HEAD_BYTES);
            byte[] head = in.readNBytes(HEAD_BYTES);
            in.reset();
            Charset charset = declared(head).orElse(StandardCharsets.UTF_8);
            in.skipNBytes(markBytes(head));
            return new Xml(new InputStreamReader(in, charset), limits, fileName);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static int markBytes(byte[] head) {
        if (head.length > 2 && head[0] == (byte) 0xef && head[1] == (byte) 0xbb && head[2] == (byte) 0xbf) return 3;
        boolean utf16 = head.length > 1
                && (head[0] == (byte) 0xff && head[1] == (byte) 0xfe
                        || head[0] == (byte) 0xfe && head[1] == (byte) 0xff);
        return utf16 ? 2 : 0;
    }

    /** What the first bytes say of the character set, where they say anything else than UTF-8. */
    static Optional<Charset> declared(byte[] head) {
        if (markBytes(head) == 2)
            return Optional.of(head[0] == (byte) 0xff ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
        Matcher encoding = DECLARATION.matcher(new String(head, StandardCharsets.ISO_8859_1));
        if (markBytes(head) != 0 || !encoding.find()) return Optional.empty();
        return TextEncoding.byName(encoding.group(1)).filter(c -> !c.equals(StandardCharsets.UTF_8));
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> InputStream.nullInputStream());
        // Otherwise it prints what is wrong to the console.
        factory.setXMLReporter((message, type, information, location) -> {});
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
    private static final class TagGuard extends FilterReader {
        private final String fileName;
        private int inTag = -1;

        TagGuard(Reader in, String fileName) {
            super(in);
            this.fileName = fileName;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            if (one >= 0) watch((char) one);
            return one;
        }

        @Override
        public int read(char[] to, int from, int count) throws IOException {
            int read = super.read(to, from, count);
            for (int i = from; i < from + read; i++) watch(to[i]);
            return read;
        }

        private void watch(char c) {
            if (c == '<') inTag = 0;
            else if (c == '>') inTag = -1;
            else if (inTag >= 0 && ++inTag > LONGEST_TAG_CHARS)
                throw ProblemException.invalid("exchange.format.longTag", fileName, LONGEST_TAG_CHARS);
        }
    }
}
