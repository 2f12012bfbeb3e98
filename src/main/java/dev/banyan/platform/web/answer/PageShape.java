package dev.banyan.platform.web.answer;

/// How an entrance answers with pages, which its methods draw themselves.
public interface PageShape extends AnswerShape {

    @Override
    default boolean isPage() {
        return true;
    }
}
