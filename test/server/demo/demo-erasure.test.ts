import { expect } from 'chai';
import { onEachServer } from '../../kit/index.js';

const buyer = 'cus_00007';

onEachServer('erasing a customer of the demo shop', { seed: 'small' }, (server) => {
  const signIn = (email: string) => server().visitor().post<{ customerId: string }>('/demo/api/sign-in', { email });
  const personOf = async (customerId: string): Promise<string> => {
    const person = await server().services.privacy.personOf(server().context(), 'demo', customerId);
    expect(person, `${customerId} is known`).to.be.a('string');
    return person!;
  };

  it('reaches the shop’s own list, also for one who never signed in', async () => {
    const { privacy } = server().services;
    const person = await personOf(buyer);
    const [row] = (await privacy.exportPerson(server().context(), person)).data['demo']?.['customers'] ?? [];
    expect(row).to.include({ id: buyer });
    const email = String(row!['email']);
    expect(email).to.include('@');

    const receipt = await privacy.erasePerson(server().context(), person);
    expect(receipt.failed).to.deep.equal({});
    expect(receipt.erased['demo']).to.deep.equal({ demo_checkout: 0, demo_customer: 1 });
    expect((await signIn(email)).status, 'nobody has this address any more').to.equal(404);
    const { items } = await server().visitor().must<{ items: { customerId: string }[] }>('GET', '/demo/api/members');
    expect(items.every((member) => member.customerId !== buyer), 'nobody is offered without a name').to.equal(true);
    expect((await privacy.erasePerson(server().context(), person)).erased['demo'], 'again').to.deep.equal({ demo_checkout: 0, demo_customer: 0 });
  });

  it('closes an account opened at the door and leaves the others', async () => {
    const mine = await server().shopper({ email: 'mine@example.test', name: 'Mine' });
    const theirs = await server().shopper({ email: 'theirs@example.test', name: 'Theirs' });
    await server().services.privacy.erasePerson(server().context(), mine.personId!);
    expect((await signIn('mine@example.test')).status).to.equal(404);
    expect((await signIn('theirs@example.test')).body.customerId).to.equal(theirs.customerId);
    const account = await mine.get<{ customer?: { name: string | null } }>('/demo/api/account');
    expect(JSON.stringify(account.body)).to.not.include('Mine');
  });
});
