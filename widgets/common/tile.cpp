// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/tile.h"

#include "widgets/common/painting.h"
#include "widgets/common/plaintooltip.h"
#include "widgets/common/sparkline.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

Tile::Tile(const QString &caption, QWidget *parent)
    : QFrame(parent)
    , m_caption(new QLabel(caption, this))
    , m_figure(new QLabel(this))
    , m_unit(new QLabel(this))
    , m_sparkline(new Sparkline(this))
{
    for (QLabel *label : {m_caption, m_figure, m_unit})
        label->setTextFormat(Qt::PlainText);
    setTextRole(m_caption, Look::SoftText);
    setTextRole(m_unit, Look::SoftText);
    m_sparkline->hide();
    setCaption(caption);

    auto *line = new QHBoxLayout;
    line->setSpacing(Look::spaceXs);
    line->addWidget(m_figure, 0, Qt::AlignBaseline);
    line->addWidget(m_unit, 1, Qt::AlignBaseline);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::cardPadding, Look::spaceM, Look::cardPadding, 10);
    layout->setSpacing(1);
    layout->addWidget(m_caption);
    layout->addLayout(line);
    layout->addWidget(m_sparkline);
    layout->addStretch();
    renewLook();
}

void Tile::setCaption(const QString &caption)
{
    m_caption->setText(caption);
    m_sparkline->setAccessibleName(tr("%1 over time").arg(caption));
    setAccessibleName(caption);
}

void Tile::setFigure(const QString &figure, const QString &unit)
{
    m_figure->setText(figure);
    m_unit->setText(unit);
    setToolTip({});
    setAccessibleDescription(unit.isEmpty() ? figure : tr("%1 %2").arg(figure, unit));
}

QString Tile::figure() const
{
    return m_figure->text();
}

void Tile::setTone(Tone tone)
{
    m_tone = tone;
    renewLook();
}

void Tile::setValues(const QList<double> &values)
{
    m_sparkline->setValues(values);
    m_sparkline->setVisible(!values.isEmpty());
}

void Tile::setUnknown(const QString &why)
{
    setFigure(QStringLiteral("—"));
    setToolTip(plainToolTip(why));
    setAccessibleDescription(why);
    setValues({});
}

void Tile::renewLook()
{
    m_caption->setFont(Look::captionFont());
    m_figure->setFont(Look::figureFont());
    m_unit->setFont(Look::captionFont());
    static constexpr Look::Role roles[] = {Look::Text, Look::Accent, Look::Good, Look::Warning, Look::Bad};
    setTextRole(m_figure, roles[int(m_tone)]);
}

void Tile::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        renewLook();
}

void Tile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintRounded(painter, rect(), Look::cardRadius, Look::color(Look::Surface), Look::color(Look::Line));
}
