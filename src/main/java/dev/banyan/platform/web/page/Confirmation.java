package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.web.Call;
import io.quarkus.qute.RawString;

/// What a person confirms before something is done that can't be taken back lightly: the question, what it means, the
/// form that does it, and the way out. Without a `button` it says why it can't be done. Texts are templates of
/// `Html.text`.
///
/// @param id begins the ids of the elements: `delete` makes `delete-dialog` and `delete-h`
/// @param facts what will happen, as a list
/// @param note what stands in the way of a part of it
/// @param words paragraphs below the list
/// @param solid false for what can be undone at any time
/// @param keep what the button says that leads back without doing it
public record Confirmation(
        String id,
        RawString title,
        Optional<RawString> sentence,
        Optional<FormProblem> problem,
        List<RawString> facts,
        Optional<Note> note,
        List<RawString> words,
        Optional<Select> select,
        List<Hidden> hidden,
        String action,
        Optional<String> button,
        boolean solid,
        String keep,
        String back) {

    public record Note(RawString title, RawString text) {}

    /// A hidden field of the form.
    public record Hidden(String name, String value) {}

    /// A choice that has to be made first. `prompt` is shown while nothing is chosen.
    public record Select(
            String name, String label, String prompt, List<Choice> choices, String help, Optional<String> error) {}

    /// A step of the breadcrumb; the last has no `href`.
    public record Crumb(RawString name, Optional<String> href) {}

    /// Begins a confirmation with its question, such as "Delete “<bdi>{}</bdi>”?".
    public static Builder asking(String id, String title, Object... values) {
        return new Builder(id, Html.text(title, values));
    }

    /// Collects the parts. `action` or `blocked`, and `keep`, are called once.
    public static final class Builder {
        private final String id;
        private final RawString title;
        private Optional<RawString> sentence = Optional.empty();
        private Optional<FormProblem> problem = Optional.empty();
        private final List<RawString> facts = new ArrayList<>();
        private Optional<Note> note = Optional.empty();
        private final List<RawString> words = new ArrayList<>();
        private Optional<Select> select = Optional.empty();
        private final List<Hidden> hidden = new ArrayList<>();
        private String action = "";
        private Optional<String> button = Optional.empty();
        private boolean solid = true;
        private String keep = "";
        private String back = "";
        private final List<Crumb> crumbs = new ArrayList<>();

        private Builder(String id, RawString title) {
            this.id = id;
            this.title = title;
        }

        /// Sets the sentence below the question.
        public Builder sentence(String text, Object... values) {
            sentence = Optional.of(Html.text(text, values));
            return this;
        }

        public Builder problem(Optional<FormProblem> problem) {
            this.problem = problem;
            return this;
        }

        public Builder fact(String text, Object... values) {
            facts.add(Html.text(text, values));
            return this;
        }

        /// Adds the same fact about each of these.
        public Builder facts(String text, List<String> about) {
            about.forEach(one -> facts.add(Html.text(text, one)));
            return this;
        }

        public Builder note(RawString title, RawString text) {
            note = Optional.of(new Note(title, text));
            return this;
        }

        public Builder words(String text, Object... values) {
            words.add(Html.text(text, values));
            return this;
        }

        public Builder select(Select select) {
            this.select = Optional.of(select);
            return this;
        }

        public Builder hidden(String name, String value) {
            hidden.add(new Hidden(name, value));
            return this;
        }

        /// Sets the button and where its form goes.
        public Builder action(String button, String action) {
            this.button = Optional.of(button);
            this.action = action;
            return this;
        }

        /// Draws the button as one for what can be undone at any time.
        public Builder mild() {
            solid = false;
            return this;
        }

        /// Sets the way out. A dialog closes, a page leads to the address `back`.
        public Builder keep(String keep, String back) {
            this.keep = keep;
            this.back = back;
            return this;
        }

        /// Adds a page to the breadcrumb; `path` has no query.
        public Builder under(String name, String path) {
            crumbs.add(new Crumb(Html.text("{}", name), Optional.of(path)));
            return this;
        }

        /// Adds a page whose name a person chose.
        public Builder underNamed(String name, String path) {
            crumbs.add(new Crumb(Html.text("<bdi>{}</bdi>", name), Optional.of(path)));
            return this;
        }

        public Confirmation build() {
            return new Confirmation(
                    id,
                    title,
                    sentence,
                    problem,
                    List.copyOf(facts),
                    note,
                    List.copyOf(words),
                    select,
                    List.copyOf(hidden),
                    action,
                    button,
                    solid,
                    keep,
                    back);
        }

        /// Builds the page of a member, or for htmx the dialog. `last` ends the breadcrumb.
        public ConfirmPage on(Call call, PageFrame shell, String last) {
            var trail = new ArrayList<>(crumbs);
            trail.add(new Crumb(Html.text("{}", last), Optional.empty()));
            return new ConfirmPage(shell, List.copyOf(trail), build(), call.isHtmx());
        }
    }
}
