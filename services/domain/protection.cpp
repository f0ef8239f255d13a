// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/protection.h"

#include <QCoreApplication>
#include <QLocale>

namespace {

constexpr qsizetype longestReason = 300;

QString say(const char *source)
{
    return QCoreApplication::translate("Protection", source);
}

} // namespace

QString archiveReason(const QString &typed)
{
    QString plain = typed.simplified();
    plain.removeIf([](QChar each) { return !each.isPrint() && !each.isSurrogate(); });
    return plain.left(longestReason);
}

FieldErrors validateArchiveReason(const QString &typed)
{
    const QString field = QStringLiteral("reason");
    if (archiveReason(typed).isEmpty())
        return {{field, say("Say why, for whoever opens this cluster next.")}};
    if (typed.simplified().size() > longestReason)
        return {{field, say("Use at most %1 characters.").arg(longestReason)}};
    return {};
}

QString archivedText(const ArchiveMark &mark)
{
    const QString when = QLocale().toString(mark.since.toLocalTime(), QLocale::ShortFormat);
    QString text = say("This cluster is archived");
    if (!mark.by.isEmpty() && mark.since.isValid())
        text = say("%1 archived this cluster on %2").arg(mark.by, when);
    else if (!mark.by.isEmpty())
        text = say("%1 archived this cluster").arg(mark.by);
    else if (mark.since.isValid())
        text = say("This cluster was archived on %1").arg(when);
    text = mark.reason.isEmpty() ? say("%1; the mark does not say why.").arg(text)
                                 : say("%1: \"%2\".").arg(text, mark.reason);
    return mark.elsewhere.isEmpty() ? text : say("%1 The mark is in namespace %2.").arg(text, mark.elsewhere);
}

Access Protection::access() const
{
    if (archived)
        return Access::no(say("%1 Unarchive it in Settings first.").arg(archivedText(*archived)));
    return readOnlyAccess();
}

Access Protection::readOnlyAccess() const
{
    switch (readOnly) {
    case ReadOnly::No:
        break;
    case ReadOnly::Cluster:
        return Access::no(say("Pennant is read-only for this cluster on this workstation. Press Read-only in the top "
                              "line to allow changes."));
    case ReadOnly::Program:
        return Access::no(say("Pennant was started with --read-only and changes nothing. Start it without to make "
                              "changes."));
    }
    return Access::yes();
}
