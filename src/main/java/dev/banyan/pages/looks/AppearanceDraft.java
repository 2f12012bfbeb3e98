package dev.banyan.pages.looks;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// An unsaved appearance, encoded in the address of its preview, so that the server doesn't have to keep it.
public final class AppearanceDraft {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 3_500;
    private static final int LARGEST = 20_000;

    private AppearanceDraft() {}

    /// @return empty if it is too long for an address
    static Optional<String> written(ObjectNode document) {
        var packed = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(packed)) {
            deflater.write(JSON.writeValueAsBytes(document));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(packed.toByteArray());
        return Optional.of(text).filter(one -> one.length() <= LONGEST);
    }

    /// @return empty if it was not encoded by us
    public static Optional<JsonNode> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try (var inflater = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
            byte[] document = inflater.readNBytes(LARGEST + 1);
            return document.length > LARGEST
                    ? Optional.empty()
                    : Optional.of(JSON.readTree(document)).filter(JsonNode::isObject);
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
