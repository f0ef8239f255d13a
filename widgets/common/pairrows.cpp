// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/pairrows.h"

#include "widgets/common/icons.h"
#include "widgets/common/look.h"
#include "widgets/common/painting.h"
#include "widgets/common/typinglimit.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>

namespace {

constexpr int firstShare = 2; // of the width; values are longer than their keys
constexpr int secondShare = 3;

QHBoxLayout *lineLayout(QWidget *line)
{
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceS);
    return layout;
}

QLabel *captionOf(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setFont(Look::captionFont());
    setTextRole(label, Look::SoftText);
    return label;
}

} // namespace

PairRows::PairRows(const Words &words, QWidget *parent)
    : QWidget(parent)
    , m_words(words)
    , m_heading(new QWidget(this))
    , m_lines(new QVBoxLayout)
    , m_add(new QToolButton(this))
{
    QHBoxLayout *heading = lineLayout(m_heading);
    heading->addWidget(captionOf(words.first, m_heading), firstShare);
    heading->addWidget(captionOf(words.second, m_heading), secondShare);
    heading->addSpacing(Look::controlHeight);
    m_lines->setSpacing(Look::spaceS);
    m_add->setObjectName(QStringLiteral("%1AddButton").arg(words.stem));
    m_add->setText(words.add);
    m_add->setIcon(Icons::icon(Icons::Name::Plus));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setAutoRaise(true);
    m_add->setFocusPolicy(Qt::StrongFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceXs);
    layout->addWidget(m_heading);
    layout->addLayout(m_lines);
    layout->addWidget(m_add, 0, Qt::AlignLeading);
    connect(m_add, &QToolButton::clicked, this, &PairRows::addByPerson);
    renewHeading();
}

PairRows::Pairs PairRows::pairs() const
{
    Pairs pairs;
    for (const Row &row : m_rows) {
        const QPair<QString, QString> pair(row.first->text().trimmed(), row.second->text());
        if (!pair.first.isEmpty() || !pair.second.isEmpty())
            pairs.append(pair);
    }
    return pairs;
}

bool PairRows::mayBeCut(const QPair<QString, QString> &pair)
{
    return pair.first.size() >= usualTypingLimit || pair.second.size() >= usualTypingLimit;
}

void PairRows::setPairs(const Pairs &wanted)
{
    if (pairs() == wanted)
        return;
    while (m_rows.size() > wanted.size())
        delete m_rows.takeLast().line;
    while (m_rows.size() < wanted.size())
        m_rows.append(makeRow());
    for (qsizetype at = 0; at < wanted.size(); ++at) {
        m_rows[at].first->setText(wanted[at].first);
        m_rows[at].second->setText(wanted[at].second);
        for (QLineEdit *edit : {m_rows[at].first, m_rows[at].second})
            edit->setCursorPosition(0);
    }
    chainTabs();
    renewHeading();
    Q_EMIT edited();
}

PairRows::Row PairRows::makeRow()
{
    auto *line = new QWidget(this);
    const Row row{line, new QLineEdit(line), new QLineEdit(line), new QToolButton(line)};
    row.first->setAccessibleName(m_words.first);
    row.second->setAccessibleName(m_words.second);
    for (QLineEdit *edit : {row.first, row.second}) {
        edit->setMinimumWidth(Look::spaceXxl);
        edit->setObjectName(
            m_words.stem + (edit == row.first ? QStringLiteral("FirstEdit") : QStringLiteral("SecondEdit")));
        if (m_isFixedFont)
            edit->setFont(Look::fixedFont());
        limitTyping(edit);
        connect(edit, &QLineEdit::textChanged, this, &PairRows::edited);
    }
    connect(
        row.first, &QLineEdit::returnPressed, row.second, [edit = row.second] { edit->setFocus(Qt::TabFocusReason); });
    connect(row.second, &QLineEdit::returnPressed, this, [this, line] {
        if (m_rows.constLast().line == line)
            addByPerson();
    });
    row.remove->setObjectName(m_words.stem + QStringLiteral("RemoveButton"));
    row.remove->setIcon(Icons::icon(Icons::Name::Cross));
    row.remove->setAutoRaise(true);
    row.remove->setFixedSize(Look::controlHeight, Look::controlHeight);
    row.remove->setFocusPolicy(Qt::StrongFocus);
    row.remove->setToolTip(m_words.remove);
    row.remove->setAccessibleName(m_words.remove);
    connect(row.remove, &QToolButton::clicked, this, [this, line] { removeRow(line); });
    QHBoxLayout *layout = lineLayout(line);
    layout->addWidget(row.first, firstShare);
    layout->addWidget(row.second, secondShare);
    layout->addWidget(row.remove);
    m_lines->addWidget(line);
    line->show();
    return row;
}

void PairRows::addByPerson()
{
    m_rows.append(makeRow());
    chainTabs();
    renewHeading();
    m_rows.constLast().first->setFocus(Qt::TabFocusReason);
    Q_EMIT edited();
}

/// The keyboard goes on to what takes its place.
void PairRows::removeRow(QWidget *line)
{
    const auto found =
        std::find_if(m_rows.cbegin(), m_rows.cend(), [line](const Row &row) { return row.line == line; });
    const qsizetype at = found - m_rows.cbegin();
    m_rows.removeAt(at);
    if (m_rows.isEmpty())
        m_add->setFocus(Qt::OtherFocusReason);
    else
        m_rows[std::min(at, m_rows.size() - 1)].first->setFocus(Qt::OtherFocusReason);
    line->hide();
    line->deleteLater(); // its button is what was pressed
    chainTabs();
    renewHeading();
    Q_EMIT edited();
}

void PairRows::chainTabs()
{
    QWidget *last = nullptr;
    for (const Row &row : std::as_const(m_rows)) {
        for (QWidget *control : std::initializer_list<QWidget *>{row.first, row.second, row.remove}) {
            if (last)
                setTabOrder(last, control);
            last = control;
        }
    }
    if (last)
        setTabOrder(last, m_add);
}

void PairRows::renewHeading()
{
    m_heading->setVisible(!m_rows.isEmpty());
}
