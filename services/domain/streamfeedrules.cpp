// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/streamfeedrules.h"

#include "services/domain/subject.h"
#include "services/domain/subjecttransform.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace {

QString say(const char *source)
{
    return QCoreApplication::translate("Stream", source);
}

QString textOf(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString();
}

QJsonArray transformsOf(const QJsonObject &origin)
{
    return origin.value(QLatin1String("subject_transforms")).toArray();
}

QString transformsProblem(const QJsonArray &transforms)
{
    for (qsizetype at = 0; at < transforms.size(); ++at) {
        const QString source = textOf(transforms[at].toObject(), "src");
        const QString destination = textOf(transforms[at].toObject(), "dest");
        if (const QString problem = source.isEmpty() ? QString() : subjectProblem(source); !problem.isEmpty())
            return problem;
        if (const QString problem = destination.isEmpty() ? QString() : transformProblem(source, destination);
            !problem.isEmpty())
            return problem;
        for (qsizetype other = 0; other < at; ++other) {
            const QString before = textOf(transforms[other].toObject(), "src");
            const QString any = QStringLiteral(">");
            if (subjectsOverlap(before.isEmpty() ? any : before, source.isEmpty() ? any : source))
                return say("\"%1\" and \"%2\" overlap: a message would be taken twice. Keep one of them.")
                    .arg(before, source);
        }
    }
    return {};
}

/// The prefixes are subjects of their own, and where the API of this very account is there is nothing else.
QString externalProblem(const QJsonObject &external)
{
    for (const char *prefix : {"api", "deliver"}) {
        const QString subject = textOf(external, prefix);
        if (subject.isEmpty())
            continue;
        if (const QString problem = subjectProblem(subject); !problem.isEmpty())
            return problem;
        if (subject != exampleOf(subject))
            return say("\"%1\": a prefix holds neither \"*\" nor \">\".").arg(subject);
        if (subject == QLatin1String("$JS.API"))
            return say("\"$JS.API\" is this account itself: leave it empty, or enter the other one's, such as "
                       "$JS.hub.API.");
    }
    return {};
}

QString originProblem(const QJsonObject &origin, const QString &own)
{
    const QString name = textOf(origin, "name");
    if (name.isEmpty())
        return say("Enter the name of the stream that its messages come from.");
    if (const QString problem = assetNameProblem(name); !problem.isEmpty())
        return problem;
    const QJsonObject external = origin.value(QLatin1String("external")).toObject();
    if (external.isEmpty() && name == own)
        return say("A stream can't take its messages from itself.");
    const QString filter = textOf(origin, "filter_subject");
    if (!filter.isEmpty() && !transformsOf(origin).isEmpty())
        return say("It takes a filter subject or transforms, not both: a transform chooses by its source.");
    if (const QString problem = filter.isEmpty() ? QString() : subjectProblem(filter); !problem.isEmpty())
        return problem;
    if (origin.contains(QLatin1String("opt_start_seq")) && origin.contains(QLatin1String("opt_start_time")))
        return say("It begins at a sequence or at a time, not both.");
    if (const QString problem = transformsProblem(transformsOf(origin)); !problem.isEmpty())
        return problem;
    return externalProblem(external);
}

/// What the server tells sources apart by (StreamSource.composeIName).
QString identityOf(const QJsonObject &source)
{
    const QString any = QStringLiteral(">");
    const auto orAny = [&any](const QString &subject) { return subject.isEmpty() ? any : subject; };
    QStringList parts{textOf(source, "name"), textOf(source.value(QLatin1String("external")).toObject(), "api"),
        textOf(source.value(QLatin1String("consumer")).toObject(), "name")};
    if (transformsOf(source).isEmpty())
        parts << orAny(textOf(source, "filter_subject")) << any;
    for (const QJsonValue &transform : transformsOf(source))
        parts << orAny(textOf(transform.toObject(), "src")) << orAny(textOf(transform.toObject(), "dest"));
    return parts.join(u' ');
}

} // namespace

QStringList StreamFeedRules::namesOfFed(const StreamId &id, const QList<Stream> &streams)
{
    const auto isIt = [&id](const QJsonValue &origin) {
        const QJsonObject source = origin.toObject();
        return textOf(source, "name") == id.name && !source.contains(QLatin1String("external"));
    };
    QStringList names;
    for (const Stream &stream : streams) {
        const QJsonArray sources = stream.config.value(QLatin1String("sources")).toArray();
        const bool isFed =
            isIt(stream.config.value(QLatin1String("mirror"))) || std::any_of(sources.begin(), sources.end(), isIt);
        if (isFed && stream.id.account == id.account)
            names.append(stream.id.name);
    }
    return names;
}

QString StreamFeedRules::mirrorProblem(const QJsonObject &origin, const QString &own)
{
    return originProblem(origin, own);
}

QString StreamFeedRules::sourcesProblem(const QJsonArray &sources, const QString &own)
{
    QSet<QString> known;
    for (qsizetype at = 0; at < sources.size(); ++at) {
        const QJsonObject source = sources[at].toObject();
        const QString name = textOf(source, "name");
        const QString which = name.isEmpty() ? say("Source %1").arg(at + 1) : name;
        if (const QString problem = originProblem(source, own); !problem.isEmpty())
            return say("%1: %2").arg(which, problem);
        if (known.contains(identityOf(source)))
            return say("%1 is listed twice with the same subjects: remove one, or give each a filter of its own.")
                .arg(which);
        known.insert(identityOf(source));
    }
    return {};
}
