package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.platform.Parse;
import dev.banyan.platform.secrets.TypedSecrets;
import dev.banyan.workspaces.assistant.AssistantDraft.Hours;
import dev.banyan.workspaces.assistant.AssistantDraft.ModelDraft;
import dev.banyan.workspaces.assistant.AssistantSettings.HandOver;
import dev.banyan.workspaces.assistant.AssistantSettings.Rule;
import jakarta.ws.rs.FormParam;

/// The posted fields of the assistant's page, used by two pages. Rules and office hours are in the order of the page.
class AssistantForm {

    private static final Pattern ON_RULE = Pattern.compile("(up|down|remove)-([0-9]{1,3})");
    private static final Pattern ON_HOURS = Pattern.compile("hours-([a-z]{3})");
    /// A larger form didn't come from our page.
    private static final int MOST_FIELDS = 200;

    @FormParam("kind")
    String kind = "";

    @FormParam("forContacts")
    String forContacts = "";

    @FormParam("greeting")
    String greeting = "";

    @FormParam("words")
    List<String> words = List.of();

    @FormParam("answer")
    List<String> answers = List.of();

    @FormParam("fallback")
    String fallback = "";

    @FormParam("handoverWords")
    String handoverWords = "";

    @FormParam("handoverText")
    String handoverText = "";

    @FormParam("phonePause")
    String phonePause = "";

    @FormParam("timeZone")
    String timeZone = "";

    @FormParam("mostAnswers")
    String mostAnswers = "";

    @FormParam("day")
    List<String> days = List.of();

    @FormParam("from")
    List<String> from = List.of();

    @FormParam("until")
    List<String> until = List.of();

    @FormParam("closedDays")
    String closedDays = "";

    @FormParam("closedText")
    String closedText = "";

    @FormParam("endpoint")
    String endpoint = "";

    @FormParam("model")
    String model = "";

    @FormParam("instructions")
    String instructions = "";

    @FormParam("temperature")
    String temperature = "";

    @FormParam("maxTokens")
    String maxTokens = "";

    @FormParam("apiKey")
    String apiKey = "";

    @FormParam(TypedSecrets.FIELD)
    String typedKey = "";

    @FormParam("removeKey")
    String removeKey = "";

    @FormParam("message")
    String message = "";

    @FormParam("act")
    String act = "";

    /// Takes the key that was typed before, or keeps the one that is typed now.
    ///
    /// @param owner for whom it’s sealed
    void keepKey(TypedSecrets secrets, String owner) {
        typedKey = secrets.seal(apiKey, typedKey, owner);
        apiKey = secrets.open(typedKey, owner);
    }

    boolean isTrial() {
        return act.equals("try");
    }

    /// Whether a button only changed the lists of rules or hours, so that nothing is saved.
    boolean isEdit() {
        return act.equals("add")
                || ON_RULE.matcher(act).matches()
                || ON_HOURS.matcher(act).matches();
    }

    AssistantDraft draft() {
        return new AssistantDraft(
                kind,
                !forContacts.isEmpty(),
                greeting,
                rules(),
                fallback,
                new HandOver(
                        handoverWords,
                        Optional.of(handoverText).filter(text -> !text.isBlank()),
                        Parse.of(phonePause.strip(), Integer::valueOf).orElse(-1),
                        Parse.of(mostAnswers.strip(), Integer::valueOf).orElse(-1)),
                timeZone,
                hours(),
                closedDays,
                closedText,
                new ModelDraft(endpoint, model, instructions, temperature, maxTokens),
                key());
    }

    private Optional<String> key() {
        if (!removeKey.isEmpty()) {
            return Optional.of("");
        }
        return Optional.of(apiKey.strip()).filter(key -> !key.isEmpty());
    }

    private List<Rule> rules() {
        var rules = new ArrayList<Rule>();
        for (int i = 0; i < Math.min(words.size(), MOST_FIELDS); i++) {
            rules.add(new Rule(words.get(i), i < answers.size() ? answers.get(i) : ""));
        }
        return rules;
    }

    private List<Hours> hours() {
        var hours = new ArrayList<Hours>();
        for (int i = 0; i < Math.min(days.size(), MOST_FIELDS); i++) {
            String begin = i < from.size() ? from.get(i) : "";
            String end = i < until.size() ? until.get(i) : "";
            OfficeHours.day(days.get(i)).ifPresent(day -> hours.add(new Hours(day, begin, end)));
        }
        return hours;
    }

    /// Returns the draft after the button was pressed; an unknown rule or day changes nothing.
    AssistantDraft edited() {
        Matcher onHours = ON_HOURS.matcher(act);
        if (onHours.matches()) {
            List<Hours> hours = new ArrayList<>(hours());
            OfficeHours.day(onHours.group(1)).ifPresent(day -> hours.add(new Hours(day, "", "")));
            return draft().withHours(hours);
        }
        List<Rule> rules = new ArrayList<>(rules());
        Matcher onRule = ON_RULE.matcher(act);
        if (act.equals("add") && rules.size() < AssistantCheck.MOST_RULES) {
            rules.add(new Rule("", ""));
        } else if (onRule.matches()) {
            int at = Integer.parseInt(onRule.group(2));
            int to = switch (onRule.group(1)) {
                case "up" -> at - 1;
                case "down" -> at + 1;
                default -> at;
            };
            if (at < rules.size() && to >= 0 && to < rules.size()) {
                if (to == at) {
                    rules.remove(at);
                } else {
                    Collections.swap(rules, at, to);
                }
            }
        }
        return draft().withRules(List.copyOf(rules));
    }
}
