// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/subjecttransform.h"

#include "services/domain/subject.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Subject", source);
}

/// "{{wildcard(2)}}", "$2" and others that stand for a part of the source.
struct Placeholder {
    QString function; ///< in small letters; empty: it is none
    QStringList arguments;

    static Placeholder in(const QString &token)
    {
        static const QRegularExpression dollar(QStringLiteral("\\A\\$(\\d+)\\z"));
        static const QRegularExpression call(QStringLiteral("\\A\\{\\{\\s*(\\w*)\\s*\\((.*)\\)\\s*\\}\\}\\z"));
        if (const auto found = dollar.match(token); found.hasMatch())
            return {QStringLiteral("wildcard"), {found.captured(1)}};
        if (const auto found = call.match(token); found.hasMatch())
            return {found.captured(1).toLower(), found.captured(2).split(u',')};
        const bool isMeant = token.startsWith(QLatin1String("{{")) && token.endsWith(QLatin1String("}}"));
        return isMeant ? Placeholder{token, {}} : Placeholder{};
    }
};

struct Function {
    const char *name;
    int wildcardAt; ///< which argument names a wildcard of the source; -1: all but the first, if there are any
    int least; ///< arguments
    int most; ///< 0: any number
};

constexpr Function functions[]{
    {"wildcard", 0, 1, 1},
    {"partition", -1, 1, 0},
    {"split", 0, 2, 2},
    {"splitfromleft", 0, 2, 2},
    {"splitfromright", 0, 2, 2},
    {"slicefromleft", 0, 2, 2},
    {"slicefromright", 0, 2, 2},
    {"left", 0, 2, 2},
    {"right", 0, 2, 2},
    {"random", 1, 1, 1},
};

QString indexProblem(const QString &argument, qsizetype wildcards)
{
    bool isNumber = false;
    const int index = argument.trimmed().toInt(&isNumber);
    if (isNumber && index >= 1 && index <= wildcards)
        return {};
    if (wildcards == 0)
        return text("The source holds no \"*\" that \"%1\" could stand for.").arg(argument.trimmed());
    return text("\"%1\" names no wildcard of the source, which has %2: they count from 1.")
        .arg(argument.trimmed())
        .arg(wildcards);
}

QString placeholderProblem(const Placeholder &placeholder, qsizetype wildcards)
{
    const auto function = std::find_if(std::begin(functions), std::end(functions),
        [&](const Function &known) { return placeholder.function == QLatin1String(known.name); });
    if (function == std::end(functions))
        return text("The server knows no \"%1\": write a wildcard of the source as {{wildcard(1)}}.")
            .arg(placeholder.function);
    const qsizetype given = placeholder.arguments.size();
    if (given < function->least || (function->most > 0 && given > function->most))
        return text("\"%1\" takes %2 arguments.").arg(placeholder.function).arg(function->least);
    const qsizetype first = function->wildcardAt < 0 ? 1 : function->wildcardAt;
    const qsizetype last = function->wildcardAt < 0 ? given : std::min(first + 1, given);
    for (qsizetype at = first; at < last; ++at) {
        if (const QString problem = indexProblem(placeholder.arguments[at], wildcards); !problem.isEmpty())
            return problem;
    }
    return {};
}

} // namespace

QString transformProblem(const QString &source, const QString &destination)
{
    const QString from = source.isEmpty() ? QStringLiteral(">") : source;
    const QStringList sourceTokens = from.split(u'.');
    const QStringList tokens = destination.split(u'.');
    const qsizetype wildcards = sourceTokens.count(QStringLiteral("*"));
    for (const QString &token : tokens) {
        const Placeholder placeholder = Placeholder::in(token);
        if (!placeholder.function.isEmpty()) {
            if (const QString problem = placeholderProblem(placeholder, wildcards); !problem.isEmpty())
                return problem;
        } else if (const QString problem = token == QLatin1String(">") ? QString() : subjectProblem(token);
                   !problem.isEmpty()) {
            return token.isEmpty() ? subjectProblem(destination) : problem;
        }
    }
    if (tokens.contains(QStringLiteral("*")))
        return text("A destination holds no \"*\": write the source's first one as {{wildcard(1)}}.");
    if (tokens.mid(0, tokens.size() - 1).contains(QStringLiteral(">")))
        return subjectProblem(destination);
    const bool isOpen = tokens.constLast() == QLatin1String(">");
    if (isOpen != (sourceTokens.constLast() == QLatin1String(">")))
        return isOpen ? text("It ends in \">\" and the source doesn't: both do, or neither.")
                      : text("The source ends in \">\" (all subjects do), so the destination has to as well.");
    return {};
}
