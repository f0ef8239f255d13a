// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/statustext.h"

#include "services/kubernetes/kubeconfig.h"
#include "widgets/common/phasewords.h"
#include "widgets/common/unanswered.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QFontMetrics>

#include <algorithm>

namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("StatusText", text, nullptr, n);
}

QString durationText(qint64 seconds)
{
    seconds = std::max<qint64>(seconds, 0);
    if (seconds < 60)
        return tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return tr("%1 min").arg(seconds / 60);
    return tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
}

QString operationName(RuntimePhase phase)
{
    switch (phase) {
    case RuntimePhase::Updating:
        return tr("Change NATS");
    case RuntimePhase::Deleting:
        return tr("Disable NATS");
    default:
        return tr("Enable NATS");
    }
}

/// The version in "nats:2.14.9-alpine", or the whole image where its tag isn't one.
QString versionOf(const QString &image)
{
    const QString tag = image.section(u'/', -1).section(u':', 1).section(u'@', 0, 0);
    const QString version = tag.section(u'-', 0, 0);
    return version.contains(u'.') ? version : image;
}

/// Whichever way leads there.
QString wholePath(const QString &file)
{
    const QString real = QFileInfo(file).canonicalFilePath();
    return real.isEmpty() ? QFileInfo(file).absoluteFilePath() : real;
}

} // namespace

QString freshnessText(const Freshness &freshness, const QDateTime &now)
{
    switch (freshness.state) {
    case Freshness::State::Live:
        return tr("Live");
    case Freshness::State::Stale:
        return tr("Stale for %1").arg(durationText(freshness.since.secsTo(now)));
    case Freshness::State::Syncing:
        break;
    }
    const QString unanswered = firstAnswerText(freshness, now);
    if (!unanswered.isEmpty())
        return unanswered;
    if (freshness.kind == Error::Kind::Forbidden || freshness.kind == Error::Kind::Unauthorized)
        return tr("Refused");
    return freshness.why.isEmpty() ? tr("Connecting…") : tr("Not connected");
}

Tone freshnessTone(const Freshness &freshness)
{
    if (freshness.state == Freshness::State::Live)
        return Tone::Good;
    if (freshness.state == Freshness::State::Stale)
        return Tone::Warning;
    return freshness.why.isEmpty() ? Tone::Neutral : Tone::Bad;
}

QString lastSeenText(const QString &text, const Freshness &freshness)
{
    return freshness.state == Freshness::State::Stale && !text.isEmpty() ? tr("%1 when last seen").arg(text) : text;
}

ClusterEntry::State connectionState(const Freshness &freshness)
{
    if (freshness.state == Freshness::State::Live)
        return ClusterEntry::State::Online;
    if (freshness.why.isEmpty())
        return ClusterEntry::State::Connecting;
    switch (freshness.kind.value_or(Error::Kind::Offline)) {
    case Error::Kind::Offline:
    case Error::Kind::Timeout:
    case Error::Kind::Cancelled:
        return ClusterEntry::State::Offline;
    case Error::Kind::Unauthorized:
    case Error::Kind::Forbidden:
        return ClusterEntry::State::Refused;
    case Error::Kind::Tls:
        return ClusterEntry::State::Untrusted;
    default:
        return ClusterEntry::State::Failing;
    }
}

Tone environmentTone(ClusterEnvironment::Color color)
{
    switch (color) {
    case ClusterEnvironment::Color::Red:
        return Tone::Bad;
    case ClusterEnvironment::Color::Amber:
        return Tone::Warning;
    case ClusterEnvironment::Color::Green:
        return Tone::Good;
    case ClusterEnvironment::Color::Blue:
        return Tone::Accent;
    case ClusterEnvironment::Color::Grey:
        break;
    }
    return Tone::Neutral;
}

QString stateWord(ClusterEntry::State state)
{
    switch (state) {
    case ClusterEntry::State::Connecting:
        return tr("connecting");
    case ClusterEntry::State::Offline:
        return tr("offline");
    case ClusterEntry::State::Refused:
        return tr("refused");
    case ClusterEntry::State::Untrusted:
        return tr("not trusted");
    case ClusterEntry::State::Failing:
        return tr("failing");
    case ClusterEntry::State::Broken:
        return tr("broken");
    case ClusterEntry::State::Closed:
    case ClusterEntry::State::Online:
        break;
    }
    return {};
}

QString elidedPath(const QString &path, const QFontMetrics &metrics, int width)
{
    if (metrics.horizontalAdvance(path) <= width)
        return path;
    QString rest = path;
    for (qsizetype slash = rest.indexOf(u'/', 1); slash >= 0; slash = rest.indexOf(u'/', 1)) {
        rest = rest.mid(slash);
        const QString shorter = u'…' + rest;
        if (metrics.horizontalAdvance(shorter) <= width)
            return shorter;
    }
    return metrics.elidedText(path.section(u'/', -1), Qt::ElideMiddle, width);
}

QString runtimeWord(const RuntimeStatus &status)
{
    if (status.phase == RuntimePhase::Failed)
        return tr("failed");
    if (status.isInProgress())
        return tr("changing");
    if (!status.isDegraded())
        return {};
    return status.isDown() ? tr("down") : tr("degraded");
}

QString phaseText(const RuntimeStatus &status)
{
    QString name = phaseName(status.phase);
    if (!status.isDegraded())
        return name;
    if (status.isDown())
        return tr("Down · 0 of %1 pods").arg(status.wantedPods());
    if (!status.isShortOfPods())
        return tr("%1 · changed by hand").arg(name);
    return tr("%1 · %2 of %3 pods").arg(name).arg(status.readyPods()).arg(status.wantedPods());
}

Tone phaseTone(const RuntimeStatus &status)
{
    if (!status.isDegraded())
        return phaseTone(status.phase);
    return status.isDown() ? Tone::Bad : Tone::Warning;
}

QString operationText(const RuntimeStatus &status)
{
    if (!status.isInProgress())
        return {};
    QString name = operationName(status.phase);
    if (status.currentStep() == 0)
        return name;
    return tr("%1 · step %2 of %3").arg(name).arg(status.currentStep()).arg(status.steps.size());
}

QString runtimeText(const RuntimeStatus &status)
{
    if (status.phase == RuntimePhase::Absent || status.serverImage.isEmpty())
        return {};
    return tr("NATS %1 · %2 of %3 pods")
        .arg(versionOf(status.serverImage))
        .arg(status.readyPods())
        .arg(status.wantedPods());
}

QString kubeconfigToTell(const ClusterAccess &access)
{
    const QStringList own = Kubeconfig::defaultFiles({});
    const bool isAlone = own.size() == 1 && wholePath(own.first()) == wholePath(access.file);
    return access.isOfMergedFiles || isAlone ? QString() : QFileInfo(access.file).absoluteFilePath();
}
