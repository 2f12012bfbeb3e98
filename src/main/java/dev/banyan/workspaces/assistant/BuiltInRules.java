package dev.banyan.workspaces.assistant;

import dev.banyan.workspaces.assistant.AssistantSettings.HandOver;
import dev.banyan.workspaces.assistant.AssistantSettings.Kind;
import dev.banyan.workspaces.assistant.AssistantSettings.Model;
import dev.banyan.workspaces.assistant.AssistantSettings.Rule;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// The default rules of a workspace: about the chat itself, and open about being rules.
final class BuiltInRules {

    static final String FALLBACK =
            "I have no rule for that, and I would rather say so than guess. Write “help” to see what I know.";
    static final String HAND_OVER =
            "That needs a person. I have passed this conversation on to the people of {workspace}: they can read it now,"
                    + " and answer here.";
    static final String CLOSED = "Nobody is here at the moment. We are back {opens}.";

    private static final HandOver PERSON = new HandOver(
            "person, human, agent, operator, representative, somebody, someone, support, complaint," + " emergency",
            Optional.of(HAND_OVER));

    private static final List<Rule> RULES = List.of(
            // what this is
            new Rule(
                    "who are you, what are you, bot, robot, chatbot, ai, artificial intelligence, gpt, language model",
                    "I am a set of fixed rules: no person, and no artificial intelligence. I recognise some words and "
                            + "give the answer that belongs to them."),
            new Rule(
                    "help, commands, what can you do, what do you know",
                    "I answer by fixed rules, and these are the words I know:\n"
                            + "• “new conversation”: how to begin one\n"
                            + "• “delete”: how to remove one\n"
                            + "• “privacy”: who sees what you write\n"
                            + "• “history”: how long it is kept\n"
                            + "• “sign out”: how to leave\n"
                            + "• “person”: when you need somebody"),
            // keywords
            new Rule(
                    "new conversation, new chat, new topic, start over, begin again",
                    "Choose “New conversation” in your list of conversations. This one stays where it is."),
            new Rule(
                    "delete, remove, erase",
                    "Open the conversation and choose “Delete conversation”. It is gone for good then, for you and for "
                            + "everybody."),
            new Rule(
                    "privacy, private, secret, confidential, who sees, who reads, who can see, who can read",
                    "Your conversations with me stand in your list alone. Other users of {workspace} do not see them, "
                            + "unless you ask for a person."),
            new Rule(
                    "history, saved, kept, older conversation, older conversations",
                    "Every message is kept until you delete its conversation. The list of conversations leads back to "
                            + "the older ones."),
            new Rule(
                    "sign out, signout, log out, logout",
                    "“Sign out” is at the top of this page. Your conversations wait for you."),
            // manners
            new Rule(
                    "thank, thanks, thank you, thx, shukran, merci, gracias, danke, terima kasih",
                    "You are welcome. Write again whenever you like."),
            new Rule(
                    "bye, goodbye, good night, see you, ma'a salama", "Goodbye. This conversation stays in your list."),
            new Rule(
                    "hello, hi, hey, good morning, good afternoon, good evening, greetings, salam, salaam, marhaba, "
                            + "ahlan, halo, hola, bonjour",
                    "Hello, and welcome to {workspace}. I answer by fixed rules. Write “help” to see what I know."));

    static final AssistantSettings SETTINGS = new AssistantSettings(
            Kind.RULES,
            false,
            Optional.empty(),
            RULES,
            Optional.of(FALLBACK),
            PERSON,
            OfficeHours.always(ZoneId.of("UTC")),
            Optional.empty(),
            Model.NONE);

    private BuiltInRules() {}
}
