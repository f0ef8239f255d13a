// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/headereditor.h"

#include "widgets/common/disabledreason.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/typinglimit.h"
#include "widgets/common/wheelguard.h"
#include "widgets/common/wrappinglabel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace {

constexpr int nameWidth = 250;
constexpr int mostLines = 50;

} // namespace

HeaderEditor::HeaderEditor(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout)
    , m_add(new QPushButton(Icons::icon(Icons::Name::Plus), tr("Add header"), this))
    , m_error(new WrappingLabel(this))
{
    setObjectName(QStringLiteral("headerEditor"));
    m_add->setObjectName(QStringLiteral("addHeaderButton"));
    m_add->setAutoDefault(false);
    m_error->setObjectName(QStringLiteral("headerErrorLabel"));
    setTextRole(m_error, Look::Bad);
    m_error->hide();
    m_layout->setSpacing(Look::spaceXs);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(Look::spaceXs);
    all->addLayout(m_layout);
    all->addWidget(m_error);
    all->addWidget(m_add, 0, Qt::AlignLeading);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addHeader({}, {});
        m_lines.constLast().name->setFocus(Qt::OtherFocusReason);
    });
}

QComboBox *HeaderEditor::makeName(const QString &name, QWidget *parent) const
{
    auto *combo = new QComboBox(parent);
    combo->setObjectName(QStringLiteral("headerNameCombo"));
    combo->setAccessibleName(tr("Header name"));
    combo->setEditable(true);
    combo->setInsertPolicy(QComboBox::NoInsert);
    for (const KnownHeader &known : knownHeaders()) {
        combo->addItem(known.name);
        combo->setItemData(combo->count() - 1, known.meaning, Qt::ToolTipRole);
    }
    combo->setFixedWidth(nameWidth);
    combo->lineEdit()->setPlaceholderText(tr("Name"));
    limitTyping(combo->lineEdit());
    combo->setCurrentText(name);
    return combo;
}

void HeaderEditor::addHeader(const QString &name, const QString &value)
{
    Line line{new QWidget(this), nullptr, nullptr, nullptr};
    line.name = makeName(name, line.whole);
    line.value = new QLineEdit(value, line.whole);
    line.remove = new QToolButton(line.whole);
    line.value->setObjectName(QStringLiteral("headerValueEdit"));
    line.value->setAccessibleName(tr("Header value"));
    line.value->setPlaceholderText(tr("Value"));
    line.value->setFont(Look::fixedFont());
    limitTyping(line.value);
    line.remove->setObjectName(QStringLiteral("removeHeaderButton"));
    line.remove->setIcon(Icons::icon(Icons::Name::Cross));
    line.remove->setAutoRaise(true);
    line.remove->setToolTip(tr("Leave this header out"));
    line.remove->setAccessibleName(line.remove->toolTip());
    auto *row = new QHBoxLayout(line.whole);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Look::spaceS);
    row->addWidget(line.name);
    row->addWidget(line.value, 1);
    row->addWidget(line.remove);
    m_layout->addWidget(line.whole);
    line.whole->show();
    m_lines.append(line);
    connect(line.name, &QComboBox::currentTextChanged, this, &HeaderEditor::renew);
    connect(line.value, &QLineEdit::textChanged, this, &HeaderEditor::renew);
    connect(line.remove, &QToolButton::clicked, this, [this, whole = line.whole] { remove(whole); });
    renew();
}

void HeaderEditor::remove(const QWidget *whole)
{
    const auto found =
        std::find_if(m_lines.begin(), m_lines.end(), [whole](const Line &line) { return line.whole == whole; });
    if (found == m_lines.end())
        return;
    m_add->setFocus(Qt::OtherFocusReason);
    found->whole->hide();
    found->whole->deleteLater();
    m_lines.erase(found);
    renew();
}

void HeaderEditor::renew()
{
    const QList<KnownHeader> known = knownHeaders();
    for (const Line &line : std::as_const(m_lines)) {
        const auto found = std::find_if(known.cbegin(), known.cend(),
            [&line](const KnownHeader &each) { return each.name == line.name->currentText(); });
        line.name->setToolTip(found == known.cend() ? QString() : found->meaning);
    }
    setDisabledReason(m_add, m_lines.size() >= mostLines ? tr("No more headers fit here.") : QString());
    Q_EMIT edited();
}

bool HeaderEditor::isEmpty(const Line &line)
{
    return line.name->currentText().trimmed().isEmpty() && line.value->text().isEmpty();
}

QList<MessageHeader> HeaderEditor::headers() const
{
    QList<MessageHeader> headers;
    for (const Line &line : m_lines) {
        if (!isEmpty(line))
            headers.append({line.name->currentText().trimmed(), line.value->text()});
    }
    return headers;
}

void HeaderEditor::setValue(const QString &name, const QString &value)
{
    for (const Line &line : std::as_const(m_lines)) {
        if (line.name->currentText() == name)
            return line.value->setText(value);
    }
}

void HeaderEditor::showErrors(const FieldErrors &errors)
{
    const QList<MessageHeader> all = headers();
    QString words;
    for (const FieldError &error : errors) {
        const QString prefix = QStringLiteral("headers/");
        if (words.isEmpty() && error.field.startsWith(prefix))
            words = tr("%1: %2").arg(all.value(error.field.mid(prefix.size()).toInt()).name.isEmpty()
                    ? tr("Name")
                    : all.value(error.field.mid(prefix.size()).toInt()).name,
                error.message);
    }
    m_error->setText(words);
    m_error->setVisible(!words.isEmpty());
}
