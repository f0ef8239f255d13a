// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accounts/limitsview.h"

#include "models/celltext.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/meter.h"
#include "widgets/common/painting.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace {

QString number(int count)
{
    return numberText(quint64(std::max(count, 0)));
}

/// "3 of 10 streams"; what isn't known is left out.
QString streamsText(const AccountRow &row)
{
    const std::optional<int> &most = row.account.spec.limits.maxStreams;
    const std::optional<int> &used = row.used.streams;
    if (!most)
        return used ? LimitsView::tr("%1, unlimited").arg(number(*used)) : LimitsView::tr("unlimited");
    return used ? LimitsView::tr("%1 of %2 streams").arg(number(*used), number(*most))
                : LimitsView::tr("at most %1 streams").arg(number(*most));
}

QString consumersText(const AccountRow &row)
{
    const std::optional<int> &most = row.account.spec.limits.maxConsumers;
    const std::optional<int> &used = row.used.consumers;
    if (!most)
        return used ? LimitsView::tr("%1, unlimited").arg(number(*used)) : LimitsView::tr("unlimited");
    const QString limit = LimitsView::tr("at most %1 for each stream").arg(number(*most));
    return used ? QStringLiteral("%1; %2").arg(number(*used), limit) : limit;
}

QString storageText(const AccountRow &row)
{
    const std::optional<ByteCount> most = row.account.spec.limits.maxStorage();
    const std::optional<ByteCount> &used = row.used.storage;
    if (!most)
        return used ? LimitsView::tr("%1, unlimited").arg(used->text()) : LimitsView::tr("unlimited");
    return used ? LimitsView::tr("%1 of %2").arg(used->text(), most->text())
                : LimitsView::tr("at most %1").arg(most->text());
}

Tone meterTone(CellTone tone)
{
    switch (tone) {
    case CellTone::Bad:
        return Tone::Bad;
    case CellTone::Warning:
        return Tone::Warning;
    default:
        return Tone::Accent;
    }
}

} // namespace

LimitsView::LimitsView(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceXs);
    m_streams = addLine(tr("Streams"), "streams");
    m_consumers = addLine(tr("Consumers"), "consumers");
    m_storage = addLine(tr("Storage, each copy counted"), "storage");
}

LimitsView::Line LimitsView::addLine(const QString &label, const char *stem)
{
    auto *caption = new QLabel(label, this);
    setTextRole(caption, Look::SoftText);
    Line line{new ElidingLabel({}, this), new Meter(this)};
    line.text->setObjectName(QLatin1String(stem) + QStringLiteral("LimitLabel"));
    line.text->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    line.meter->setObjectName(QLatin1String(stem) + QStringLiteral("LimitMeter"));
    auto *row = new QHBoxLayout;
    row->setSpacing(Look::spaceL);
    row->addWidget(caption);
    row->addWidget(line.text, 1);
    auto *layout = static_cast<QVBoxLayout *>(QWidget::layout());
    layout->addLayout(row);
    layout->addWidget(line.meter);
    return line;
}

void LimitsView::setRow(const AccountRow &row)
{
    showLine(m_streams, tr("Streams"), streamsText(row), partOfStreams(row));
    m_streams.meter->setTone(meterTone(toneOfStreams(row)));
    showLine(m_consumers, tr("Consumers"), consumersText(row), std::nullopt);
    showLine(m_storage, tr("Storage"), storageText(row), partOfStorage(row));
    m_storage.meter->setTone(meterTone(toneOfStorage(row)));
}

void LimitsView::showLine(
    const Line &line, const QString &label, const QString &text, const std::optional<double> &part)
{
    line.text->setText(text);
    line.text->setAccessibleName(QStringLiteral("%1: %2").arg(label, text));
    line.meter->setVisible(part.has_value());
    if (!part)
        return;
    line.meter->setAccessibleName(line.text->accessibleName());
    line.meter->setValue(*part);
}
