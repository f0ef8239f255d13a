// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/subject.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace {

constexpr int longestName = 255;

QString text(const char *source)
{
    return QCoreApplication::translate("Subject", source);
}

bool isBlankOrControl(QChar character)
{
    return character.isSpace() || character.category() == QChar::Other_Control;
}

bool isAnyToken(QStringView token)
{
    return token == QLatin1String("*");
}

bool isAnyRest(QStringView token)
{
    return token == QLatin1String(">");
}

/// A subject's tokens from the first to the last, nothing copied: forms compare a subject with thousands at each key.
class Tokens final {
public:
    explicit Tokens(QStringView subject)
        : m_subject(subject)
    {
    }
    bool isOver() const { return m_at > m_subject.size(); }
    QStringView next()
    {
        const qsizetype dot = m_subject.indexOf(QLatin1Char('.'), m_at);
        const qsizetype end = dot < 0 ? m_subject.size() : dot;
        const QStringView token = m_subject.mid(m_at, end - m_at);
        m_at = end + 1;
        return token;
    }

private:
    QStringView m_subject;
    qsizetype m_at = 0;
};

/// "foo>" → "foo.>", "a*b" → "a.*.b": each wildcard as a word of its own.
QString meant(const QString &token)
{
    QStringList words;
    QString word;
    for (const QChar character : token) {
        if (character == QLatin1Char('*') || character == QLatin1Char('>')) {
            words << std::exchange(word, {}) << QString(character);
            if (character == QLatin1Char('>'))
                break; // nothing may follow
        } else {
            word += character;
        }
    }
    words << word;
    words.removeAll(QString());
    return words.join(QLatin1Char('.'));
}

QString tokenProblem(const QString &token, bool isLast)
{
    if (token.isEmpty())
        return text("Dots separate words: none may stand first, last or beside another.");
    if (isAnyRest(token) && !isLast)
        return text("\">\" stands for all that follows: it can only be the last word.");
    if (token.size() > 1 && (token.contains(QLatin1Char('*')) || token.contains(QLatin1Char('>'))))
        return text("\"*\" and \">\" stand for whole words: write \"%1\", not \"%2\".").arg(meant(token), token);
    return {};
}

} // namespace

QString subjectProblem(const QString &subject)
{
    if (subject.isEmpty())
        return text("Enter a subject, such as \"orders.>\".");
    if (std::any_of(subject.cbegin(), subject.cend(), isBlankOrControl))
        return text("A subject can't hold blanks or control characters.");
    const QStringList tokens = subject.split(QLatin1Char('.'));
    for (qsizetype i = 0; i < tokens.size(); ++i) {
        if (const QString problem = tokenProblem(tokens[i], i + 1 == tokens.size()); !problem.isEmpty())
            return problem;
    }
    return {};
}

bool subjectsOverlap(const QString &first, const QString &second)
{
    Tokens left(first);
    Tokens right(second);
    while (!left.isOver() && !right.isOver()) {
        const QStringView mine = left.next();
        const QStringView theirs = right.next();
        if (isAnyRest(mine) || isAnyRest(theirs))
            return true;
        if (!isAnyToken(mine) && !isAnyToken(theirs) && mine != theirs)
            return false;
    }
    return left.isOver() && right.isOver();
}

bool subjectContains(const QString &outer, const QString &inner)
{
    Tokens outside(outer);
    Tokens inside(inner);
    while (!outside.isOver() && !inside.isOver()) {
        const QStringView outerToken = outside.next();
        const QStringView innerToken = inside.next();
        if (isAnyRest(outerToken))
            return true;
        if (isAnyRest(innerToken))
            return false;
        if (!isAnyToken(outerToken) && outerToken != innerToken)
            return false;
    }
    return outside.isOver() && inside.isOver();
}

QString exampleOf(const QString &subject)
{
    QStringList tokens = subject.split(QLatin1Char('.'));
    for (QString &token : tokens) {
        if (isAnyToken(token) || isAnyRest(token))
            token = QStringLiteral("x");
    }
    return tokens.join(QLatin1Char('.'));
}

QStringList splitSubjects(const QString &commaSeparated)
{
    QStringList subjects;
    for (const QString &part : commaSeparated.split(QLatin1Char(','))) {
        if (const QString subject = part.trimmed(); !subject.isEmpty())
            subjects.append(subject);
    }
    return subjects;
}

QString assetNameProblem(const QString &name)
{
    if (name.isEmpty())
        return text("Enter a name.");
    if (name.toUtf8().size() > longestName)
        return text("Use at most %1 bytes.").arg(longestName);
    if (std::any_of(name.cbegin(), name.cend(), isBlankOrControl))
        return text("A name can't hold blanks or control characters.");
    for (const QChar forbidden : QStringLiteral(".*>/\\")) {
        if (name.contains(forbidden))
            return text("A name can't hold \"%1\": the server gives it a meaning of its own.").arg(forbidden);
    }
    return {};
}
