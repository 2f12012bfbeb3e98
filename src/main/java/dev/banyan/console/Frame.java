package dev.banyan.console;

import module java.base;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/// One message between the terminal and the server, as JSON: `{"type": "run", "line": "status", …}`. A connection runs
/// one command at a time; [Done] ends it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Frame.Run.class, name = "run"),
    @JsonSubTypes.Type(value = Frame.Attach.class, name = "attach"),
    @JsonSubTypes.Type(value = Frame.Complete.class, name = "complete"),
    @JsonSubTypes.Type(value = Frame.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = Frame.Out.class, name = "out"),
    @JsonSubTypes.Type(value = Frame.Qr.class, name = "qr"),
    @JsonSubTypes.Type(value = Frame.Clear.class, name = "clear"),
    @JsonSubTypes.Type(value = Frame.Waits.class, name = "waits"),
    @JsonSubTypes.Type(value = Frame.File.class, name = "file"),
    @JsonSubTypes.Type(value = Frame.Done.class, name = "done"),
    @JsonSubTypes.Type(value = Frame.Words.class, name = "words")
})
public sealed interface Frame {

    ObjectMapper JSON = new ObjectMapper()
            .registerModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /// Terminal: run a command.
    ///
    /// @param line as typed
    /// @param account the username of the root account to act for; empty: the only one with masters
    /// @param waits whether the command may wait until a code is scanned
    record Run(String line, Optional<String> account, boolean waits) implements Frame {}

    /// Terminal: a piece of the file for the next command.
    ///
    /// @param text in Base64, because a file need not be text; encoded as a whole, then split
    record Attach(String text) implements Frame {}

    /// Terminal: request completions for the end of this line.
    ///
    /// @param line up to the cursor
    record Complete(String line, Optional<String> account) implements Frame {}

    /// Terminal: cancel the running command.
    record Cancel() implements Frame {}

    /// Server: a line of output.
    record Out(String text) implements Frame {}

    /// Server: a QR code, drawn with half blocks, and a line below it. Replaces the previous one.
    record Qr(String text, String caption) implements Frame {}

    /// Server: clear the screen.
    record Clear() implements Frame {}

    /// Server: the command waits, so the user may have the prompt back.
    record Waits() implements Frame {}

    /// Server: a piece of a file that the terminal writes.
    record File(String text) implements Frame {}

    /// Server: the command has ended.
    ///
    /// @param code 0 or 1, like a program's exit code
    /// @param account the account to act for from now on, if the command chose one
    /// @param quits whether the terminal closes
    record Done(int code, Optional<String> account, boolean quits) implements Frame {}

    /// Server: the answer to [Complete].
    record Words(List<Word> words) implements Frame {
        public Words {
            words = List.copyOf(words);
        }
    }

    /// @param text what to type
    /// @param meaning a short description; may be empty
    /// @param isName whether it is a display name; false for technical ids
    record Word(String text, String meaning, boolean isName) {}

    static Optional<Frame> parse(String text) {
        try {
            return Optional.ofNullable(JSON.readValue(text, Frame.class));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    default String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
