package dev.banyan.platform.web.docs;

import module java.base;
import dev.banyan.platform.web.docs.Document.Section;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;

/// Reads one document. HTML in it is shown as text, and comments are left out. Links to other documents lead to their
/// pages; what only the repository has is named instead.
final class DocumentReader {

    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final Pattern DECISION = Pattern.compile("docs/decisions/(\\d{4})-.*");

    private final String path;
    private final Set<String> paths;
    private final Map<Node, String> anchors = new IdentityHashMap<>();
    private final Set<String> pictures = new TreeSet<>();

    /// @param path of its page
    DocumentReader(String path, Set<String> paths) {
        this.path = path;
        this.paths = paths;
    }

    Document read(String markdown) {
        Node root = PARSER.parse(markdown);
        for (Node node : descendants(root).toList()) {
            switch (node) {
                case HtmlBlock html when html.getLiteral().startsWith("<!--") -> html.unlink();
                case Image image -> image.setDestination(addressed(image.getDestination()));
                case Link link -> lead(link);
                default -> {}
            }
        }
        String html = HtmlRenderer.builder()
                .escapeHtml(true)
                .sanitizeUrls(true)
                .nodeRendererFactory(WideTables::new)
                .extensions(EXTENSIONS)
                .attributeProviderFactory(_ -> this::addAttributes)
                .build()
                .render(root);
        List<Section> sections = sections(root);
        String title = sections.getFirst().title().replaceFirst("^Guide: ", "");
        return new Document(
                path, title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1), html, sections, pictures);
    }

    private static Stream<Node> descendants(Node node) {
        return children(node).stream().flatMap(child -> Stream.concat(Stream.of(child), descendants(child)));
    }

    private static List<Node> children(Node node) {
        return Stream.iterate(node.getFirstChild(), Objects::nonNull, Node::getNext)
                .toList();
    }

    private String addressed(String destination) {
        return URI.create(path + ".md").resolve(destination).toString();
    }

    private void lead(Link link) {
        String[] parts = addressed(link.getDestination()).split("(?=#)", 2);
        String page = parts[0].replaceFirst("[.]md$", "");
        if (paths.contains(page)) {
            link.setDestination(page + (parts.length == 1 ? "" : parts[1]));
        } else if (page.startsWith("/")) {
            nameInstead(link, parts[0].substring(1));
        }
    }

    /// @param file in the repository
    private static void nameInstead(Link link, String file) {
        Matcher decision = DECISION.matcher(file);
        String name = decision.matches() ? "decision " + decision.group(1) : file;
        String said = textOf(link);
        if (name.equals("decision " + said)) {
            link.insertBefore(new Text(name));
        } else {
            children(link).forEach(link::insertBefore);
            if (!name.contains(said)) {
                link.insertBefore(new Text(", see " + name));
            }
        }
        link.unlink();
    }

    private void addAttributes(Node node, String tag, Map<String, String> attributes) {
        switch (node) {
            case Heading heading -> anchors.put(heading, attributes.getOrDefault("id", ""));
            case TableCell cell when cell.isHeader() -> attributes.put("scope", "col");
            case Image image -> {
                DocumentPicture picture = DocumentPicture.of(image.getDestination());
                pictures.add(image.getDestination());
                attributes.put("width", Integer.toString(picture.width()));
                attributes.put("height", Integer.toString(picture.height()));
                attributes.put("loading", "lazy");
            }
            case Link link when link.getDestination().startsWith("/") -> attributes.remove("rel");
            case Link _ -> attributes.put("rel", "noopener noreferrer");
            default -> {}
        }
    }

    private List<Section> sections(Node root) {
        List<Section> sections = new ArrayList<>();
        List<Node> blocks = children(root);
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i) instanceof Heading heading) {
                String text = blocks.subList(i + 1, blocks.size()).stream()
                        .takeWhile(block -> !(block instanceof Heading))
                        .map(DocumentReader::textOf)
                        .collect(Collectors.joining(" "));
                String anchor = Objects.requireNonNull(anchors.get(heading), "it was drawn");
                sections.add(new Section(heading.getLevel(), anchor, textOf(heading), text));
            }
        }
        return List.copyOf(sections);
    }

    private static String textOf(Node node) {
        var text = new StringBuilder();
        addText(node, text);
        return text.toString().strip().replaceAll("\\s+", " ");
    }

    private static void addText(Node node, StringBuilder text) {
        switch (node) {
            case Text plain -> text.append(plain.getLiteral());
            case Code code -> text.append(code.getLiteral());
            case FencedCodeBlock code -> text.append(code.getLiteral());
            case IndentedCodeBlock code -> text.append(code.getLiteral());
            default -> children(node).forEach(child -> addText(child, text));
        }
        if (node instanceof Block
                || node instanceof TableCell
                || node instanceof SoftLineBreak
                || node instanceof HardLineBreak) {
            text.append(' ');
        }
    }

    /// Puts each table into a box of its own, in which it scrolls sideways if it's wider than the page.
    private static final class WideTables implements NodeRenderer {

        private final HtmlNodeRendererContext context;
        private int count;

        WideTables(HtmlNodeRendererContext context) {
            this.context = context;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(TableBlock.class);
        }

        @Override
        public void render(Node table) {
            count++;
            var box = new LinkedHashMap<String, String>();
            box.put("class", "table-wrap");
            box.put("tabindex", "0");
            box.put("role", "region");
            box.put("aria-label", "Table " + count + ": " + heading(table));
            HtmlWriter html = context.getWriter();
            html.tag("div", box);
            html.tag("table", Map.of("class", "table dense"));
            children(table).forEach(context::render);
            html.tag("/table");
            html.tag("/div");
            html.line();
        }

        private static String heading(Node table) {
            return Stream.iterate(table, Objects::nonNull, Node::getPrevious)
                    .filter(Heading.class::isInstance)
                    .findFirst()
                    .map(DocumentReader::textOf)
                    .orElse("");
        }
    }
}
