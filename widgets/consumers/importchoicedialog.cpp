// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/consumers/importchoicedialog.h"

#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/words.h"

#include <QComboBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

constexpr int dialogWidth = 520;
constexpr qsizetype mostListed = 20; // all of them can be chosen

QString nameOf(const ImportedConsumer &consumer)
{
    const QString name = consumer.name().isEmpty() ? ImportChoiceDialog::tr("(without a name)") : consumer.name();
    return consumer.stream.isEmpty() ? name : QStringLiteral("%1 › %2").arg(consumer.stream, name);
}

QStringList namesOf(const QList<ImportedConsumer> &consumers)
{
    QStringList names;
    for (const ImportedConsumer &consumer : consumers)
        names.append(nameOf(consumer));
    return names;
}

QString listed(const QStringList &names)
{
    const QString first = names.mid(0, mostListed).join(QStringLiteral(", "));
    return names.size() <= mostListed
        ? first
        : ImportChoiceDialog::tr("%1 and %2 more").arg(first, QString::number(names.size() - mostListed));
}

} // namespace

ImportChoiceDialog::ImportChoiceDialog(QList<ImportedConsumer> consumers, QWidget *parent)
    : QuestionDialog(tr("%1 consumers were read").arg(consumers.size()),
        breakable(tr("%1. One at a time is begun in the form. Where they come from they stay: import again for the "
                     "next one.")
                      .arg(listed(namesOf(consumers)))),
        parent)
    , m_consumers(std::move(consumers))
    , m_consumer(new QComboBox(this))
    , m_begin(new QPushButton(tr("&Begin with it"), this))
{
    setObjectName(QStringLiteral("importChoiceDialog"));
    m_consumer->setObjectName(QStringLiteral("importedConsumerCombo"));
    m_begin->setObjectName(QStringLiteral("beginImportedButton"));
    m_begin->setProperty("primary", true);
    auto *cancel = new QPushButton(tr("&Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelImportedButton"));
    for (QPushButton *button : {m_begin, cancel})
        button->setAutoDefault(false);
    setMinimumWidth(dialogWidth);
    m_consumer->addItems(namesOf(m_consumers));
    body()->addWidget(new Field(tr("Begin &with"), m_consumer, this));
    addButtons(cancel, m_begin);
    m_consumer->setFocus();
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_begin, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT chosen(m_consumers.at(m_consumer->currentIndex())); });
}

void ImportChoiceDialog::setAccess(const Access &access)
{
    ::setAccess(m_begin, access);
}
