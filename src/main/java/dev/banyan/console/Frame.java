package dev.banyan.console;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    /// Terminal: do this.
    ///
    /// @param line as typed
    /// @param account the username of the root account to act for; empty: the only one with masters
    /// @param waits whether the command may go on until somebody has scanned a code
    record Run(String line, Optional<String> account, boolean waits) implements Frame {
        public Run {
            Objects.requireNonNull(line);
            Objects.requireNonNull(account);
        }
    }

    /// Terminal: a piece of the file that the next command is about.
    ///
    /// @param text in Base64, for a file need not be text; the pieces together, not each
    record Attach(String text) implements Frame {
        public Attach {
            Objects.requireNonNull(text);
        }
    }

    /// Terminal: what could stand at the end of this line?
    ///
    /// @param line up to the cursor
    record Complete(String line, Optional<String> account) implements Frame {
        public Complete {
            Objects.requireNonNull(line);
            Objects.requireNonNull(account);
        }
    }

    /// Terminal: end the running command.
    record Cancel() implements Frame {}

    /// Server: a line of output.
    record Out(String text) implements Frame {
        public Out {
            Objects.requireNonNull(text);
        }
    }

    /// Server: a QR code, drawn with half blocks, and a line below it. It takes the place of the one before it.
    record Qr(String text, String caption) implements Frame {
        public Qr {
            Objects.requireNonNull(text);
            Objects.requireNonNull(caption);
        }
    }

    /// Server: what follows begins at the top of the screen.
    record Clear() implements Frame {}

    /// Server: nothing more comes for a while; whoever wants the prompt back may ask for it.
    record Waits() implements Frame {}

    /// Server: a piece of a file that the terminal shall write.
    record File(String text) implements Frame {
        public File {
            Objects.requireNonNull(text);
        }
    }

    /// Server: the command has ended.
    ///
    /// @param code 0 or 1, as the exit code of a program
    /// @param account the account to act for from now on, if the command chose one
    /// @param quits whether the terminal shall close
    record Done(int code, Optional<String> account, boolean quits) implements Frame {
        public Done {
            Objects.requireNonNull(account);
        }
    }

    /// Server: the answer to [Complete].
    record Words(List<Word> words) implements Frame {
        public Words {
            words = List.copyOf(words);
        }
    }

    /// @param text what to type
    /// @param meaning a few words beside it; may be empty
    /// @param isName whether people call it so; false for what only commands call so
    record Word(String text, String meaning, boolean isName) {
        public Word {
            Objects.requireNonNull(text);
            Objects.requireNonNull(meaning);
        }
    }

    /// @return empty when the text is no frame
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
